/** What each village's channel has on today and tomorrow, as an operator's guide lists it. Pure. */
import type { Broadcast } from '../../protocol/channel.ts'
import type { TelevisionFile } from '../../protocol/television.ts'
import { dayMs, dayStartMs, localDay } from '../../protocol/time.ts'
import type { WallState } from '../board.ts'
import { ofDay } from '../tv/facts/schedule.ts'
import { ownOf, placeName } from '../tv/facts/village.ts'

export function guideOf(
  villages: readonly string[],
  file: Pick<TelevisionFile, 'radio'>,
  { board, now }: Pick<WallState, 'board' | 'now'>,
): readonly Broadcast[] {
  const days = [localDay(now), localDay(now + dayMs)]
  return villages.flatMap((village) => {
    const place = placeName(ownOf(board, village)?.name ?? '')
    return days.flatMap((day) => dayOf(village, `${place}村情播报`, file, day))
  })
}

/** Columns at their hours, and between them what the village's own slides are called. */
function dayOf(
  channel: string,
  between: string,
  { radio }: Pick<TelevisionFile, 'radio'>,
  day: string,
): readonly Broadcast[] {
  const endOfDay = dayStartMs(day) + dayMs
  const broadcasts: Broadcast[] = []
  let at = dayStartMs(day)
  for (const { entry, startMs } of ofDay(radio, day, channel)) {
    // Two at one time: the first is heard to its end, as on the air.
    if (startMs < at) continue
    if (startMs > at) broadcasts.push({ channel, title: between, startMs: at, endMs: startMs })
    at = Math.min(endOfDay, startMs + entry.minutes * 60_000)
    broadcasts.push({ channel, title: entry.title, startMs, endMs: at })
  }
  if (at < endOfDay) broadcasts.push({ channel, title: between, startMs: at, endMs: endOfDay })
  return broadcasts
}
