/** `npm run kiosk -- kiosk.yaml`: turns this machine into a wall. README.md here tells how. */
import { createHash } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startAgent, type Agent } from './agent.ts'
import { startBrowser } from './browser.ts'
import { openCopies } from './copies.ts'
import { guard, type Guard } from './guard.ts'
import { isOn, nextRestart } from './hours.ts'
import { switchScreens } from './screens.ts'
import { readKiosk, type KioskSettings } from './settings.ts'
import { unitOf } from './units.ts'

const help = `Turns this machine into a wall: a browser on each monitor, watched over, and a copy of what it shows for a day without network.

  npm run kiosk -- kiosk.yaml           runs until it is ended
  npm run kiosk -- --unit kiosk.yaml    prints the systemd unit that runs it from switching on

  --data DIR    for copies and the browsers' profiles (~/.local/share/flagwall-kiosk)

The settings, and what to install, stand in relay/kiosk/README.md.
`

const secondMs = 1_000
const say = (line: string): void => console.log(`${new Date().toISOString()} ${line}`)

/** 0 … 1, the same for the same machine. */
function shareOf(machine: string): number {
  return createHash('sha256').update(machine).digest().readUInt32BE() / 2 ** 32
}

/** Does what is due by the clock; ends with the returned function. */
function followHours({ restart, hours }: KioskSettings, guards: readonly Guard[]): () => void {
  const share = shareOf(hostname())
  let renewAt = nextRestart(restart, share, Date.now())
  let wasOn = true
  const timer = setInterval(() => {
    const now = Date.now()
    const on = isOn(hours, now)
    if (on !== wasOn) {
      wasOn = on
      say(on ? 'monitors on' : 'monitors off')
      switchScreens(on, say)
      for (const each of guards)
        each.rest(!on).catch((cause: unknown) => say(`no full screen: ${String(cause)}`))
    }
    if (now < renewAt) return
    renewAt = nextRestart(restart, share, now)
    say('the daily start of all browsers')
    for (const each of guards) void each.renew()
  }, secondMs)
  return () => clearInterval(timer)
}

async function run(file: string, data: string): Promise<void> {
  const settings = readKiosk(file)
  const guards: Guard[] = []
  const agent: Agent = await startAgent({
    relay: settings.relay,
    port: settings.port,
    copies: openCopies(join(data, 'copies')),
    clock: Date.now,
    tell: () => ({
      relay: settings.relay.origin,
      relayReachedAt: agent.reachedAt(),
      monitors: guards.map((each, i) => ({ page: settings.monitors[i]?.page, ...each.state() })),
    }),
  })
  say(`${agent.url} stands for ${settings.relay.origin}`)
  for (const [i, monitor] of settings.monitors.entries()) {
    const url = new URL(monitor.page, agent.url).href
    guards.push(
      guard({
        url,
        say: (line) => say(`monitor ${i + 1}: ${line}`),
        start: () =>
          startBrowser({
            browser: settings.browser,
            monitor,
            url,
            profile: join(data, `monitor-${i + 1}`),
            heapMb: settings.heapMb,
            isRoot: process.getuid?.() === 0,
          }),
      }),
    )
  }
  const unfollow = followHours(settings, guards)
  const end = async (): Promise<void> => {
    unfollow()
    await Promise.all(guards.map((each) => each.stop()))
    await agent.stop()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.once(signal, () => void end())
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      unit: { type: 'boolean' },
      data: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [file, ...rest] = positionals
  if (values.help === true) console.log(help)
  else if (file === undefined || rest.length > 0) throw new Error(help)
  else if (values.unit === true) {
    readKiosk(file)
    const folder = resolve(import.meta.dirname, '../..')
    const node = join(folder, 'node_modules/.bin/node')
    console.log(unitOf({ user: userInfo().username, folder, file: resolve(file), node }))
  } else
    await run(file, resolve(values.data ?? join(userInfo().homedir, '.local/share/flagwall-kiosk')))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
