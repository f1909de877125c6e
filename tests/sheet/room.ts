/**
 * A wall in its room: a browser before a county's relay, with a cable between them. The county's clock leaps every ten seconds, so that it
 * comes to many times the room's; in between everything moves at its own pace, as on a wall.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { dayMs } from '../../protocol/time.ts'
import { startCameras, type Cameras } from '../soak/cameras.ts'
import { monotonicMs } from '../soak/clock.ts'
import { startFastCounty, type FastCounty } from '../soak/fast-county.ts'
import { openBrowser, openPage } from '../support/wall.ts'
import { layCable, type Cable } from './cable.ts'
import { watchFrames } from './sight.ts'

export interface Room {
  readonly county: FastCounty
  readonly cable: Cable
  readonly cameras: Cameras | null
  /** The county's clock begins to go. */
  setOff(): Promise<void>
  page(): Page
  /** When the county's clock leapt last, ms of the room's clock. */
  leaptAt(): number
  /** A new page, as whoever keeps the machine running opens it after a crash. */
  reopen(): Promise<void>
  /** The clock of the wall's machine. */
  setMachineClock(byMs: number): Promise<void>
  /** What the relay answers when it is asked is of no form that the wall knows. */
  spoilAnswers(isSpoilt: boolean): Promise<void>
  /** What the console has said since it was asked for the last time. */
  complaints(): readonly string[]
  end(): Promise<void>
}

interface RoomOptions {
  readonly beginMs: number
  readonly speed: number
  readonly hasCameras: boolean
  /** Of the wall's address. */
  readonly query?: string
  /** Before a page is loaded. */
  readonly prepare?: (page: Page) => Promise<unknown>
}

const leapMs = 10_000
const mostDays = 400

type Spoilt = Window & { moveClock?: (byMs: number) => void; areAnswersSpoilt?: boolean }

export async function openRoom(options: RoomOptions): Promise<Room> {
  const { beginMs, speed, hasCameras, query = '', prepare } = options
  const county = await startFastCounty(beginMs, beginMs + mostDays * dayMs, 1)
  const cable = await layCable(county.url)
  const cameras = hasCameras ? await startCameras(county.dataDir) : null
  const browser: Browser = await openBrowser()
  const said: string[] = []
  const open = async (): Promise<Page> => {
    const page = await openPage(browser, [1920, 1080], said)
    // A machine whose clock is right when the wall is opened; from there on it runs as fast as the room's.
    await page.addInitScript((byMs) => {
      const room = Date.now.bind(Date)
      let setBy = byMs
      Date.now = () => room() + setBy
      ;(window as Spoilt).moveClock = (more) => (setBy += more)
    }, county.now() - Date.now())
    // A route of Playwright's would take the browser's cache away as well.
    await page.addInitScript(() => {
      const ask = window.fetch.bind(window)
      window.fetch = (...[path, init]: Parameters<typeof fetch>) =>
        (window as Spoilt).areAnswersSpoilt === true && String(path).startsWith('/v1/')
          ? Promise.resolve(Response.json({ nonsense: [] }))
          : ask(path, init)
    })
    await page.addInitScript(watchFrames)
    await prepare?.(page)
    await page.goto(`${cable.url}/?${query}`)
    return page
  }
  let page = await open()
  const stopping = new AbortController()
  const { signal } = stopping
  let leaptAt = -Infinity
  async function leap(): Promise<void> {
    for (;;) {
      await wait(leapMs, undefined, { signal })
      await county.leap((speed - 1) * leapMs)
      leaptAt = monotonicMs()
    }
  }
  let leaping: Promise<void> = Promise.resolve()
  return {
    county,
    cable,
    cameras,
    async setOff() {
      await county.setOff()
      leaping = leap().catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    },
    page: () => page,
    leaptAt: () => leaptAt,
    async reopen() {
      // A renderer that is gone may never answer to this.
      void page.context().close()
      page = await open()
    },
    async setMachineClock(byMs) {
      await page.evaluate((by) => (window as Spoilt).moveClock?.(by), byMs)
    },
    async spoilAnswers(isSpoilt) {
      await page.evaluate((is) => ((window as Spoilt).areAnswersSpoilt = is), isSpoilt)
    },
    complaints() {
      const all = [...said]
      said.length = 0
      return all
    },
    async end() {
      stopping.abort()
      await leaping
      await browser.close()
      await cameras?.end()
      await cable.end()
      await county.end()
    },
  }
}
