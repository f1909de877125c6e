/** What befalls a wall within an hour: when, for how long, and what it may look like meanwhile. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { randomOf } from '../../mock-feeds/random.ts'
import { toInstant } from '../../protocol/time.ts'
import { monotonicMs } from '../soak/clock.ts'
import { cloudEvent } from '../support/events.ts'
import type { Room } from './room.ts'

export interface Fault {
  readonly name: string
  /** How long it lasts, s. */
  readonly seconds: number
  /** Meanwhile the wall is without its relay. */
  readonly isCut?: true
  /** A clock is set. */
  readonly isSet?: true
  begin(room: Room): Promise<void> | void
  end(room: Room): Promise<void> | void
}

/** What is so now, in ms of the monotonic clock. */
export interface Weather {
  name: string
  cutSince: number | null
  linkedSince: number
  setSince: number
  openSince: number
}

export const fairWeather = (): Weather => ({
  name: '',
  cutSince: null,
  linkedSince: -Infinity,
  setSince: -Infinity,
  openSince: monotonicMs(),
})

const nothing = (): void => undefined

/** 600 activities begin within half a minute. */
async function flood({ county }: Room): Promise<void> {
  const answer = await fetch(`${county.url}/v1/snapshot/431128`)
  const { tables } = (await answer.json()) as {
    readonly tables: { readonly branches?: readonly { readonly id: string }[] }
  }
  const branches = tables.branches ?? []
  for (let second = 0; second < 30; second += 1) {
    const events = Array.from({ length: 20 }, (_, at) => {
      const id = `flood-${county.now()}-${second}-${at}`
      const branch = branches[(second * 20 + at) % Math.max(1, branches.length)]?.id ?? ''
      const data = { activity: id, form: 'volunteering', title: '清理河道' } as const
      return cloudEvent('activity.started', branch, data, { id, time: toInstant(county.now()) })
    })
    await county.send(events)
    await wait(1_000)
  }
}

async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  const session = await page.context().newCDPSession(page)
  // The answer to this never comes.
  session.send('Page.crash').catch(nothing)
  await crashed
}

export const faults: readonly Fault[] = [
  { name: 'flood', seconds: 15, begin: flood, end: nothing },
  {
    name: 'relay killed',
    seconds: 110,
    isCut: true,
    begin: ({ county }) => county.killRelay(),
    end: ({ county }) => county.resumeRelay(),
  },
  {
    name: 'cameras off',
    seconds: 90,
    begin: ({ cameras }) => cameras?.switchOff(),
    end: ({ cameras }) => cameras?.switchOn(),
  },
  {
    name: 'platform silent',
    seconds: 150,
    begin: ({ county }) => county.hush(true),
    end: ({ county }) => county.hush(false),
  },
  {
    name: 'cable pulled',
    seconds: 110,
    isCut: true,
    begin: ({ cable }) => cable.pull(),
    end: ({ cable }) => cable.plug(),
  },
  {
    name: 'relay started anew',
    seconds: 1,
    isCut: true,
    begin: ({ county }) => county.killRelay(),
    end: ({ county }) => county.resumeRelay(),
  },
  {
    name: 'answers are nonsense',
    seconds: 60,
    begin: (room) => room.spoilAnswers(true),
    end: (room) => room.spoilAnswers(false),
  },
  {
    name: "machine's clock seven minutes ahead",
    seconds: 60,
    isSet: true,
    begin: (room) => room.setMachineClock(420_000),
    end: (room) => room.setMachineClock(-420_000),
  },
  {
    name: 'renderer crashed',
    seconds: 1,
    begin: ({ page }) => crash(page()),
    end: (room) => room.reopen(),
  },
  {
    name: "relay's clock three hours ahead",
    seconds: 1,
    isSet: true,
    begin: ({ county }) => county.leap(3 * 3_600_000),
    end: nothing,
  },
]

const gone: Fault = {
  name: 'relay gone for eleven minutes',
  seconds: 680,
  isCut: true,
  begin: ({ county }) => county.killRelay(),
  end: ({ county }) => county.resumeRelay(),
}
/** Where there is time for it, half way. */
const goneWithin = 40 * 60

/** One after the other, with a calm between them, until `seconds` have passed: each in its turn, in another order each time. */
export async function befall(
  room: Room,
  weather: Weather,
  { seconds, seed, all = faults }: { seconds: number; seed: number; all?: readonly Fault[] },
  signal: AbortSignal,
): Promise<void> {
  const random = randomOf('sheet', seed)
  const beganMs = monotonicMs()
  const passed = (): number => (monotonicMs() - beganMs) / 1_000
  let isGoneDue = seconds >= goneWithin
  const calm = (): Promise<void> => wait(random.between(45, 70) * 1_000, undefined, { signal })
  let turn: Fault[] = []
  for (;;) {
    await calm()
    if (turn.length === 0) turn = random.shuffled(all)
    const isGoneNow = isGoneDue && passed() > seconds / 2 - gone.seconds / 2
    const fault = isGoneNow ? gone : turn.shift()
    // A wall that is not seen to recover has not been seen at all.
    if (fault === undefined || passed() + fault.seconds + 60 > seconds) continue
    if (isGoneNow) isGoneDue = false
    await suffer(room, weather, fault, signal)
  }
}

export async function suffer(
  room: Room,
  weather: Weather,
  fault: Fault,
  signal: AbortSignal,
): Promise<void> {
  weather.name = fault.name
  if (fault.isCut) weather.cutSince = monotonicMs()
  if (fault.isSet) weather.setSince = Infinity
  await fault.begin(room)
  await wait(fault.seconds * 1_000, undefined, { signal })
  await fault.end(room)
  if (fault.isCut) weather.linkedSince = monotonicMs()
  if (fault.isSet) weather.setSince = monotonicMs()
  if (fault.name === 'renderer crashed') weather.openSince = monotonicMs()
  weather.cutSince = null
  weather.name = ''
}
