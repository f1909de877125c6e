/** Keeps one monitor's page in the picture: what crashed is loaded anew, what hangs is killed first, what ended is started again. */
import { setTimeout as wait } from 'node:timers/promises'
import type { RunningBrowser } from './browser.ts'
import { Unanswered } from './devtools.ts'

/** Troubles so far, by kind. */
export interface Troubles {
  /** The page's process died, of a fault or for want of memory. */
  readonly crashes: number
  /** The page did nothing any more. */
  readonly hangs: number
  /** The page went on, but no picture came. */
  readonly freezes: number
  /** The whole browser went. */
  readonly ends: number
}

export interface GuardState {
  readonly state: 'starting' | 'showing' | 'troubled'
  /** Looks at which a new picture came. */
  readonly pictures: number
  readonly troubles: Troubles
}

export interface Guard {
  state(): GuardState
  /** Starts the browser anew; what it showed is not what is wrong. */
  renew(): Promise<void>
  /** The monitor is off: no picture is no trouble. Back on, the window is put over everything again. */
  rest(isOff: boolean): Promise<void>
  stop(): Promise<void>
}

interface Ports {
  readonly start: () => RunningBrowser
  readonly url: string
  readonly say: (line: string) => void
}

const lookMs = 1_000
const patience = { least: 3_000, most: 30_000 } as const
const again = { least: 1_000, most: 30_000 } as const
/** After so many good looks in a row what was wrong before counts no longer. */
const calmLooks = 60
/** A frozen picture that stays so after loading is the browser's fault. */
const freezesMost = 2

/** The address, once the page has drawn two pictures. */
const drawTwice =
  'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(location.href))))'

interface Page {
  readonly id: string
  readonly sessionId: string
}

export function guard({ start, url, say }: Ports): Guard {
  let browser: RunningBrowser | null = null
  let page: Page | null = null
  let state: GuardState['state'] = 'starting'
  let [pictures, calm, frozen] = [0, 0, 0]
  const troubles = { crashes: 0, hangs: 0, freezes: 0, ends: 0 }
  let patienceMs: number = patience.least
  let againMs: number = again.least
  let [isResting, isStopped] = [false, false]
  let ended: Promise<void> = Promise.resolve()

  const note = (kind: keyof Troubles, line: string): void => {
    troubles[kind] += 1
    state = 'troubled'
    calm = 0
    say(line)
  }
  const onPage = (method: string, params = {}, withinMs = 5_000) => {
    if (browser === null || page === null) throw new Error('there is no page')
    return browser.devTools.ask(method, params, { sessionId: page.sessionId, withinMs })
  }
  const load = () => onPage('Page.navigate', { url }, 10_000).catch(() => undefined)

  async function open(): Promise<void> {
    state = 'starting'
    page = null
    const mine = start()
    browser = mine
    ended = new Promise((done) => {
      mine.process.once('error', (cause) => {
        say(`the browser can't be started: ${cause.message}`)
        done()
      })
      mine.process.once('exit', () => done())
    })
    mine.devTools.listen(({ method, sessionId }) => {
      if (method !== 'Inspector.targetCrashed' || sessionId !== page?.sessionId) return
      note('crashes', 'the page crashed: it is loaded anew')
      void load()
    })
  }

  /** Null while the browser has no window yet. */
  async function findPage({ devTools }: RunningBrowser): Promise<Page | null> {
    const { targetInfos } = await devTools.ask('Target.getTargets')
    const found = (targetInfos as readonly { type: string; targetId: string }[]).find(
      ({ type }) => type === 'page',
    )
    if (found === undefined) return null
    const { targetId } = found
    const { sessionId } = await devTools.ask('Target.attachToTarget', { targetId, flatten: true })
    await devTools.ask('Inspector.enable', {}, { sessionId: sessionId as string })
    return { id: targetId, sessionId: sessionId as string }
  }

  async function killPage(): Promise<void> {
    const { processInfo } = (await browser?.devTools.ask('SystemInfo.getProcessInfo')) ?? {}
    for (const { type, id } of (processInfo ?? []) as readonly { type: string; id: number }[])
      if (type === 'renderer') process.kill(id, 'SIGKILL')
  }

  /** The page has drawn nothing for as long as anybody waits. */
  async function mend(): Promise<void> {
    const isAlive = await onPage('Runtime.evaluate', { expression: '1' }, lookMs).then(
      () => true,
      () => false,
    )
    if (isAlive && isResting) return
    patienceMs = Math.min(patience.most, patienceMs * 2)
    if (!isAlive) {
      note('hangs', 'the page hangs: it is ended and loaded anew')
      return killPage()
    }
    frozen += 1
    note('freezes', 'the picture stands still: the page is loaded anew')
    if (frozen < freezesMost) await load()
    else browser?.process.kill('SIGKILL')
  }

  async function look(mine: RunningBrowser): Promise<void> {
    page ??= await findPage(mine)
    if (page === null) return
    try {
      const { result } = await onPage(
        'Runtime.evaluate',
        { expression: drawTwice, awaitPromise: true },
        patienceMs,
      )
      const { value } = result as { value?: unknown }
      if (typeof value !== 'string' || !value.startsWith('http')) return void (await load())
      state = 'showing'
      pictures += 1
      calm += 1
      frozen = 0
      if (calm < calmLooks) return
      patienceMs = patience.least
      againMs = again.least
    } catch (cause) {
      if (cause instanceof Unanswered) await mend()
      // A page that went in the middle of a look is looked at again.
    }
  }

  async function keep(): Promise<void> {
    while (!isStopped) {
      await open()
      const mine = browser
      if (mine === null) return
      let isGone = false
      void ended.then(() => {
        isGone = true
      })
      while (!isGone) {
        await look(mine).catch(() => undefined)
        await Promise.race([ended, wait(lookMs)])
      }
      if (isStopped) return
      note('ends', `the browser ended: it is started again in ${againMs / 1000} s`)
      await wait(againMs)
      againMs = Math.min(again.most, againMs * 2)
    }
  }
  const kept = keep()

  const close = async (): Promise<void> => {
    const mine = browser
    if (mine === null) return
    await mine.devTools.ask('Browser.close').catch(() => undefined)
    await Promise.race([ended, wait(5_000)])
    if (mine.process.exitCode === null) mine.process.kill('SIGKILL')
  }
  return {
    state: () => ({ state, pictures, troubles: { ...troubles } }),
    async renew() {
      againMs = again.least
      await close()
    },
    async rest(isOff) {
      isResting = isOff
      if (isOff || browser === null || page === null) return
      const { devTools } = browser
      const { windowId } = await devTools.ask('Browser.getWindowForTarget', { targetId: page.id })
      await devTools.ask('Browser.setWindowBounds', {
        windowId,
        bounds: { windowState: 'fullscreen' },
      })
    },
    async stop() {
      isStopped = true
      await close()
      await kept
    },
  }
}
