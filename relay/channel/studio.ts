/** A browser that nobody sees, with the page of slides: says what they say, and takes their pictures. */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { Broadcast, ChannelProgramme, ChannelVillage } from '../../protocol/channel.ts'
import { connectDevTools, type DevTools } from '../kiosk/devtools.ts'

export interface Studio {
  villages(): Promise<readonly ChannelVillage[]>
  guide(villages: readonly string[]): Promise<readonly Broadcast[]>
  programmes(villages: readonly string[]): Promise<readonly ChannelProgramme[]>
  /** PNG, 1920 × 1080. */
  shoot(slide: string): Promise<Buffer>
  /** Which build the page is of: another one may draw the same words otherwise. */
  readonly build: string
  readonly standby: string
  end(): void
  /** Resolves when the browser has ended, by itself or by `end`. */
  readonly ended: Promise<void>
}

interface Options {
  /** Command of the browser. */
  readonly browser: string
  readonly url: string
  readonly profile: string
}

const readyMs = 60_000
const lookMs = 250
const answerMs = 20_000

/** Throws where the browser does not start, or the page knows nothing within a minute. */
export async function openStudio({ browser, url, profile }: Options): Promise<Studio> {
  const child = spawn(browser, flags(profile), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((done) => {
    child.once('error', () => done())
    child.once('exit', () => done())
  })
  try {
    return await begin(child, ended, url)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

const flags = (profile: string): readonly string[] => [
  '--headless',
  '--remote-debugging-pipe',
  `--user-data-dir=${profile}`,
  '--window-size=1920,1080',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
  '--disable-gpu',
  '--no-first-run',
  '--disable-component-update',
  '--lang=zh-CN',
  // Chromium refuses to run as root with its sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  'about:blank',
]

async function begin(child: ChildProcess, ended: Promise<void>, url: string): Promise<Studio> {
  const [, , , toBrowser, fromBrowser] = child.stdio
  const devTools = connectDevTools(toBrowser as Writable, fromBrowser as Readable)
  const sessionId = await openPage(devTools, url)

  async function evaluate<T>(expression: string): Promise<T> {
    const params = { expression, awaitPromise: true, returnByValue: true }
    const answer = await devTools.ask('Runtime.evaluate', params, {
      sessionId,
      withinMs: answerMs,
    })
    if (answer['exceptionDetails'] !== undefined)
      throw new Error(
        `the page of slides failed: ${JSON.stringify(answer['exceptionDetails']).slice(0, 300)}`,
      )
    return (answer['result'] as { readonly value: T }).value
  }

  const deadline = performance.now() + readyMs
  while (!(await evaluate<boolean>('window.flagwallChannel?.isReady() === true'))) {
    if (performance.now() > deadline)
      throw new Error(`${url} has no board after ${readyMs / 1_000} s`)
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }

  return {
    villages: () => evaluate('flagwallChannel.villages()'),
    guide: (villages) => evaluate(`flagwallChannel.guide(${JSON.stringify(villages)})`),
    programmes: (villages) => evaluate(`flagwallChannel.programmes(${JSON.stringify(villages)})`),
    async shoot(slide) {
      await evaluate(`flagwallChannel.show(${JSON.stringify(slide)})`)
      const { data } = await devTools.ask(
        'Page.captureScreenshot',
        { format: 'png', optimizeForSpeed: true },
        { sessionId, withinMs: answerMs },
      )
      return Buffer.from(String(data), 'base64')
    },
    build: await evaluate("document.querySelector('script[src]').src"),
    standby: await evaluate('flagwallChannel.standby()'),
    end: () => void child.kill('SIGTERM'),
    ended,
  }
}

async function openPage(devTools: DevTools, url: string): Promise<string> {
  const { targetId } = await devTools.ask('Target.createTarget', { url }, { withinMs: answerMs })
  const { sessionId } = await devTools.ask('Target.attachToTarget', { targetId, flatten: true })
  const session = { sessionId: String(sessionId) }
  const metrics = { width: 1920, height: 1080, deviceScaleFactor: 1, mobile: false }
  await devTools.ask('Emulation.setDeviceMetricsOverride', metrics, session)
  return session.sessionId
}
