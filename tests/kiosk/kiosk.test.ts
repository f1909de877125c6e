/** A machine that is a wall: what a visitor sees on its monitor when pages crash, hang and go, and when the network is down. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { smallCounty } from '../support/events.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { openBrowser } from '../support/wall.ts'
import { openXScreen, type XScreen } from '../support/x-screen.ts'

const root = join(import.meta.dirname, '../..')
const [width, height] = [1280, 720]

let screen: XScreen
let relay: Relay
let folder: string
let kiosk: ChildProcess
/** Where the kiosk's agent stands for the relay. */
let agent: string

async function startKiosk(): Promise<void> {
  kiosk = spawn(
    process.execPath,
    ['relay/kiosk/run.ts', join(folder, 'kiosk.yaml'), '--data', join(folder, 'data')],
    {
      cwd: root,
      env: { ...process.env, DISPLAY: screen.display },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  let said = ''
  kiosk.stdout?.on('data', (bytes: Buffer) => (said += bytes.toString()))
  agent = await until('the agent', () => /(http:\S+) stands for/.exec(said)?.[1])
}

beforeAll(async () => {
  screen = await openXScreen(width, height)
  relay = await startRelay()
  expect((await relay.post(smallCounty())).status).toBe(202)
  folder = makeDataDir()
  writeFileSync(
    join(folder, 'kiosk.yaml'),
    `relay: ${relay.url}\nport: 0\nmonitors:\n  - { size: [${width}, ${height}], page: "/?rotation=off" }\n`,
  )
  await startKiosk()
})
afterAll(async () => {
  await endKiosk()
  await relay?.end()
  screen?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
  if (folder !== undefined) removeDataDir(folder)
})

async function endKiosk(): Promise<void> {
  if (kiosk === undefined || kiosk.exitCode !== null) return
  kiosk.kill('SIGTERM')
  await once(kiosk, 'exit')
}

interface Monitor {
  readonly state: string
  readonly pictures: number
  readonly troubles: Readonly<Record<string, number>>
}
const monitor = async (): Promise<Monitor | undefined> => {
  const answer = await fetch(`${agent}/-/kiosk`).catch(() => undefined)
  return ((await answer?.json()) as { readonly monitors: readonly Monitor[] } | undefined)
    ?.monitors[0]
}

/** The masthead's dark red from the left edge to the right: nothing of the browser, and no page of its own. */
const isWall = (): boolean =>
  [8, 400, 900, width - 8].every((x) => {
    const [red, green, blue] = screen.colourAt(x, 4)
    return red > 35 && red < 90 && green < 25 && blue < 30
  })
const shows = (after = -1) =>
  until(
    'the wall on the monitor',
    async () => {
      const now = await monitor()
      return now?.state === 'showing' && now.pictures > after && isWall()
    },
    40_000,
  )

/** The processes below one, and the kind of each. */
function below(pid: number): readonly { readonly pid: number; readonly command: string }[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, parent] =
          /^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? []
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
        return [{ pid: Number(name), parent: Number(parent), command }]
      } catch {
        return []
      }
    })
  const found = all.filter(({ parent }) => parent === pid)
  return found.flatMap((one) => [one, ...below(one.pid)])
}
const signal = (kind: RegExp, name: NodeJS.Signals): void => {
  const found = below(kiosk.pid ?? 0).filter(({ command }) => kind.test(command))
  expect(found.length).toBeGreaterThan(0)
  for (const { pid } of found) process.kill(pid, name)
}
const renderer = /--type=renderer/
const trouble = (kind: string) =>
  until(`${kind} noticed`, async () => ((await monitor())?.troubles[kind] ?? 0) > 0, 40_000)

it('fills its monitor with the wall and nothing else', async () => {
  await shows()
}, 60_000)

it('is back after its page was killed', async () => {
  signal(renderer, 'SIGKILL')
  await trouble('crashes')
  await shows((await monitor())?.pictures)
}, 90_000)

it('is back after its page hung', async () => {
  signal(renderer, 'SIGSTOP')
  await trouble('hangs')
  await shows((await monitor())?.pictures)
}, 90_000)

it('is back after its browser went', async () => {
  signal(/--remote-debugging-pipe/, 'SIGKILL')
  await trouble('ends')
  await shows((await monitor())?.pictures)
}, 90_000)

it('starts without its relay with what was shown last, and says of when it is', async () => {
  await endKiosk()
  await relay.end()
  await startKiosk()
  await shows()
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width, height } })
  await page.addInitScript(() => {
    const now = Date.now
    Date.now = () => now() + 120_000
  })
  // At night a wall that rotates shows its clock alone.
  await page.goto(`${agent}/?rotation=off`)
  await page.getByText('连接中断').waitFor()
  await until(
    'the figure that was kept',
    async () => (await page.getByTestId('kpi-online').getAttribute('data-value')) === '3',
  )
  await browser.close()
}, 90_000)
