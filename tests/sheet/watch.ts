/** Looks at a wall again and again, when its scene has changed and while it stays, and says of each moment what is wrong with it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { errors, type Page } from 'playwright-core'
import { toInstant } from '../../protocol/time.ts'
import { readPicture, type Picture } from '../pictures/look.ts'
import { monotonicMs } from '../soak/clock.ts'
import { createContactSheet, type Moment } from './contact-sheet.ts'
import type { Weather } from './faults.ts'
import type { Room } from './room.ts'
import { sightOf, type Seen } from './sight.ts'
import { wrongsOf, type Kind, type Looked, type Wrong } from './verdict.ts'

export interface Watching {
  readonly seconds: number
  /** Between two looks at a scene that stays, s. */
  readonly every: number
  readonly secondsOn: (scene: string) => number
  /** A folder for the sheet and, in full, for what is wrong. */
  readonly out: string
  readonly say: (line: string) => void
  /** Ends before its time. */
  readonly isEnough?: (moments: readonly Moment[]) => boolean
}

export interface Watched {
  readonly moments: readonly Moment[]
  /** Files. */
  readonly pages: readonly string[]
  readonly kinds: ReadonlyMap<Kind, number>
}

const pollMs = 250
/** A scene has drawn itself and everything stands. */
const changeMs = 2_500
/** What is wrong for less than this is on its way. */
const againMs = 1_500
const answerMs = 30_000
/** A page that is late once may have had no turn on a busy machine. */
const lateMost = 2

/** The share of a box whose pixels are not its ground, by every other pixel. */
function inkIn({ width, height, data }: Picture, { box }: Seen): number {
  if (box === null) return 0
  const [x, y, w, h] = box.map(Math.round)
  const counts = new Map<number, number>()
  let all = 0
  for (let row = Math.max(0, y ?? 0); row < Math.min(height, (y ?? 0) + (h ?? 0)); row += 2)
    for (let at = Math.max(0, x ?? 0); at < Math.min(width, (x ?? 0) + (w ?? 0)); at += 2) {
      const index = (row * width + at) * 4
      const [red = 0, green = 0, blue = 0] = [data[index], data[index + 1], data[index + 2]]
      const colour = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)
      counts.set(colour, (counts.get(colour) ?? 0) + 1)
      all += 1
    }
  return 1 - Math.max(0, ...counts.values()) / Math.max(1, all)
}

/** As it is now: Playwright's own picture waits for fonts, and one that was on its way when the cable was pulled comes never. */
async function pictureOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  try {
    const { data } = await session.send('Page.captureScreenshot', { format: 'png' })
    return Buffer.from(data, 'base64')
  } finally {
    await session.detach().catch(() => undefined)
  }
}

class Late extends Error {}

function within<T>(promise: Promise<T>): Promise<T> {
  const late = wait(answerMs, undefined, { ref: false }).then(() => {
    throw new Late('the page does not answer')
  })
  return Promise.race([promise, late])
}

export async function watchWall(room: Room, weather: Weather, options: Watching): Promise<Watched> {
  const { seconds, every, secondsOn, out, say } = options
  const beganMs = monotonicMs()
  const passed = (): number => (monotonicMs() - beganMs) / 1_000
  const sheet = createContactSheet(out)
  const moments: Moment[] = []
  const kinds = new Map<Kind, number>()
  let on = { scene: '', why: '', since: 0, page: room.page() }
  let before: Looked | null = null

  const look = async (page: Page): Promise<{ looked: Looked; picture: Buffer }> => {
    const sight = await within(sightOf(page))
    const picture = await within(pictureOf(page))
    const pixels = await readPicture(picture)
    const ink = sight.modules.map((module) => inkIn(pixels, module))
    return { looked: { sight, ink, at: passed(), since: on.since }, picture }
  }
  const since = (ms: number): number => (monotonicMs() - ms) / 1_000
  const judge = (looked: Looked, last: Looked | null): readonly Wrong[] => {
    const { cutSince, linkedSince, setSince, openSince } = weather
    return wrongsOf(
      looked,
      last,
      {
        cutFor: cutSince === null ? null : since(cutSince),
        linkedFor: since(linkedSince),
        setFor: since(setSince),
        openFor: since(openSince),
        leaptFor: since(room.leaptAt()),
        nowMs: room.county.now(),
        complaints: room.complaints(),
      },
      secondsOn,
    )
  }

  /** False where the scene went on meanwhile, or the page is another. */
  const take = async (page: Page): Promise<boolean> => {
    const first = await look(page)
    let wrong = judge(first.looked, before)
    let last = first
    if (wrong.length > 0) {
      await wait(againMs)
      last = await look(page)
      if (last.looked.sight.scene !== first.looked.sight.scene) return false
      const again = judge(last.looked, first.looked)
      const lasting = new Set(wrong.map(({ kind }) => kind))
      const over = wrong.filter(({ isOver }) => isOver)
      wrong = [...over, ...again.filter(({ kind }) => lasting.has(kind))]
    }
    const { sight, at } = last.looked
    before = last.looked
    for (const { kind } of new Map(wrong.map((each) => [each.kind, each])).values())
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    const moment = note({
      at,
      scene: sight.scene,
      why: sight.why,
      wrong: wrong.map(({ kind, sentence }) => `${kind}: ${sentence}`),
    })
    await sheet.add(moment, last.picture)
    if (wrong.length > 0)
      writeFileSync(join(out, `wrong-${String(moment.number).padStart(4, '0')}.png`), last.picture)
    return true
  }

  function note(looked: Omit<Moment, 'number' | 'wallTime' | 'fault'>): Moment {
    const number = moments.length + 1
    const wallTime = toInstant(room.county.now())
    const moment = { ...looked, number, wallTime, fault: weather.name }
    moments.push(moment)
    const state = moment.wrong.length === 0 ? 'right' : `WRONG ${moment.wrong.join('; ')}`
    say(`${number} ${wallTime.slice(5, 16)} ${moment.scene} ${weather.name} ${state}`)
    return moment
  }

  let lateTimes = 0
  let takenAt = -Infinity
  while (passed() < seconds && options.isEnough?.(moments) !== true) {
    await wait(pollMs)
    const page = room.page()
    try {
      const { scene, why } = await within(
        page.evaluate(() => ({
          scene: document.querySelector<HTMLElement>('[data-testid=wall]')?.dataset['scene'] ?? '',
          why: document.querySelector('[data-testid=why]')?.textContent ?? '',
        })),
      )
      // A cue for the scene that is on keeps it there.
      if (why !== on.why) on = { ...on, why, since: passed() }
      if (scene !== on.scene || page !== on.page) {
        on = { scene, why, since: passed(), page }
        before = null
        await wait(changeMs)
        if (await take(page)) takenAt = passed()
      } else if (passed() - takenAt >= every && (await take(page))) takenAt = passed()
      lateTimes = 0
    } catch (error) {
      // A page that was taken away or loaded anew while it was looked at is looked at again.
      if (page !== room.page() || page.isClosed() || isGone(error)) continue
      if (!isLate(error)) throw error
      lateTimes += 1
      if (lateTimes < lateMost) continue
      kinds.set('stuck', (kinds.get('stuck') ?? 0) + 1)
      note({ at: passed(), scene: on.scene, why: '', wrong: [`stuck: ${error.message}`] })
    }
  }
  sheet.end()
  return { moments, pages: sheet.pages, kinds }
}

const isLate = (error: unknown): error is Error =>
  error instanceof Late || error instanceof errors.TimeoutError
const isGone = (error: unknown): boolean =>
  error instanceof Error && /crashed|closed|navigation|context was destroyed/i.test(error.message)
