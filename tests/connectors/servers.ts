/** Real servers for the connectors to read from, each in a folder of its own on a free port of loopback. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../support/relay.ts'

export const user = 'flagwall'
/** Nothing that the relay says may contain it. */
export const password = 'correct-horse-7391'

export interface Server {
  readonly port: number
  /** Ends it without a goodbye, as a power cut does. */
  crash(): Promise<void>
  /** The same server again, with what it had on disk. */
  start(): Promise<void>
  /** Ends it and removes its folder. */
  remove(): Promise<void>
}

/** None of the three serves as root: then they run as nobody. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined

function give(path: string): void {
  if (nobody !== undefined) chownSync(path, nobody.uid, nobody.gid)
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flagwall-server-'))
  give(folder)
  return folder
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(command, args, {
    ...nobody,
    cwd,
    encoding: 'utf8',
    env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/bin`, HOME: cwd, LC_ALL: 'C.UTF-8' },
  })
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

async function serve(
  folder: string,
  port: number,
  command: string,
  args: readonly string[],
  crashSignal: NodeJS.Signals = 'SIGKILL',
): Promise<Server> {
  let child: ChildProcess | undefined
  let said = ''

  async function start(): Promise<void> {
    const fresh = spawn(command, args, {
      ...nobody,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C.UTF-8' },
    })
    child = fresh
    for (const stream of [fresh.stdout, fresh.stderr])
      stream.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-4_000)))
    await until(`${command} to listen`, () => {
      if (fresh.exitCode !== null) throw new Error(`${command} ended: ${said}`)
      return answers(port)
    })
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await ended
  }
  await start()
  return {
    port,
    start,
    crash: () => end(crashSignal),
    async remove() {
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Debian keeps the server's programs out of the path, one folder a version. */
function postgresqlProgram(name: string): string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root)
    ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a))
    : []
  const [newest] = versions
  return newest === undefined ? name : join(root, newest, 'bin', name)
}

export async function startPostgresql(): Promise<Server> {
  const folder = makeFolder()
  const secret = join(folder, 'password')
  writeFileSync(secret, password)
  give(secret)
  const data = join(folder, 'data')
  run(
    postgresqlProgram('initdb'),
    [
      '-D',
      data,
      '-U',
      user,
      '--auth=scram-sha-256',
      `--pwfile=${secret}`,
      '--no-sync',
      '-E',
      'UTF8',
    ],
    folder,
  )
  const port = await freePort()
  const args = ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port), '-F']
  // Killed, it would leave children behind that hold its files; SIGQUIT is its own way to crash with all of them.
  return serve(folder, port, postgresqlProgram('postgres'), args, 'SIGQUIT')
}

export async function startMariadb(): Promise<Server> {
  const folder = makeFolder()
  const data = join(folder, 'data')
  run(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ],
    folder,
  )
  const script = join(folder, 'users.sql')
  writeFileSync(
    script,
    // localhost, since the anonymous user of a fresh server goes before '%'.
    `CREATE DATABASE IF NOT EXISTS exchange CHARACTER SET utf8mb4;
CREATE USER IF NOT EXISTS '${user}'@'localhost' IDENTIFIED BY '${password}';
GRANT ALL ON exchange.* TO '${user}'@'localhost';
`,
    { mode: 0o644 },
  )
  const port = await freePort()
  return serve(folder, port, '/usr/sbin/mariadbd', [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--init-file=${script}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-buffer-pool-size=16M',
  ])
}

export async function startMosquitto(): Promise<Server> {
  const folder = makeFolder()
  mkdirSync(join(folder, 'state'))
  give(join(folder, 'state'))
  run('mosquitto_passwd', ['-b', '-c', join(folder, 'passwords'), user, password], folder)
  const port = await freePort()
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(
    file,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous false',
      `password_file ${join(folder, 'passwords')}`,
      'persistence true',
      `persistence_location ${join(folder, 'state')}/`,
      'max_queued_messages 0',
    ].join('\n'),
    { mode: 0o644 },
  )
  return serve(folder, port, '/usr/sbin/mosquitto', ['-c', file])
}
