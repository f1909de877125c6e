/** Whether screens are there, by what they say of themselves from inside their pages. Pure: time arrives as data. */
import type { ScreenState } from '../../protocol/fleet.ts'
import type { Beat, ScreenConfig } from '../../protocol/screens.ts'
import { isBetween, toInstant } from '../../protocol/time.ts'

/** Two beats and a half. */
export const lateMs = 40_000
export const lostMs = 5 * 60_000

export interface Heard {
  readonly beat: Beat
  readonly atMs: number
  /** When its frames last grew: a picture that stands still goes on beating. */
  readonly drewMs: number
}

export function hear(before: Heard | undefined, beat: Beat, nowMs: number): Heard {
  // Fewer frames than before: the page was loaded anew.
  const hasDrawn = before === undefined || beat.frames !== before.beat.frames
  return { beat, atMs: nowMs, drewMs: hasDrawn ? nowMs : before.drewMs }
}

/** Beijing time; over midnight where it begins later than it ends. */
export function isAsleep(sleep: ScreenConfig['sleep'], nowMs: number): boolean {
  if (sleep === null) return false
  const { from, to } = sleep
  // HH:MM is ordered as a text is.
  const now = toInstant(nowMs).slice(11, 16)
  return isBetween(from, to, now)
}

export function stateOf(
  screen: { readonly config: Pick<ScreenConfig, 'sleep'>; readonly pairedAt: string | null },
  heard: Heard | undefined,
  nowMs: number,
): ScreenState {
  if (screen.pairedAt === null) return 'unpaired'
  const silentMs = heard === undefined ? Infinity : nowMs - heard.atMs
  if (silentMs <= lateMs)
    return heard !== undefined && nowMs - heard.drewMs > lateMs ? 'frozen' : 'online'
  if (isAsleep(screen.config.sleep, nowMs)) return 'asleep'
  return silentMs <= lostMs ? 'late' : 'lost'
}
