/** Everything that has an hour today: the calendar, the county's radio columns, and those that a platform has told. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import type { TelevisionFile } from '../../../protocol/television.ts'
import { instantMs, localDay } from '../../../protocol/time.ts'
import { useTable } from '../../board.ts'
import { clockTime } from '../../freshness.ts'
import { useTv } from '../television.ts'
import { ofDay } from './schedule.ts'
import { useMinute } from './use-village.ts'

export interface Item {
  readonly id: string
  readonly title: string
  readonly place: string
  readonly startMs: number
  readonly endMs: number
}

/** What has no length told is over after an hour. */
const usualMs = 3_600_000

export function itemsOf(
  { calendar, radio }: Pick<TelevisionFile, 'calendar' | 'radio'>,
  programmes: Iterable<Row<'programmes'>>,
  day: string,
  village: string,
): readonly Item[] {
  const items = [
    ...ofDay(calendar, day, village).map(({ entry, startMs }) => ({
      id: `${entry.title} ${startMs}`,
      title: entry.title,
      place: entry.place ?? '',
      startMs,
      endMs: startMs + usualMs,
    })),
    ...ofDay(radio, day, village).map(({ entry, startMs }) => ({
      id: `${entry.id} ${startMs}`,
      title: entry.title,
      place: '广播栏目',
      startMs,
      endMs: startMs + entry.minutes * 60_000,
    })),
    ...[...programmes]
      .map((row) => ({ ...row, startMs: instantMs(row.startsAt) }))
      .filter(({ startMs }) => localDay(startMs) === day)
      .map(({ id, title, startMs, minutes }) => ({
        id,
        title,
        place: '广播栏目',
        startMs,
        endMs: startMs + minutes * 60_000,
      })),
  ]
  return items.sort((a, b) => a.startMs - b.startMs)
}

export function useToday(): readonly Item[] {
  const file = useTv((state) => state.file)
  const village = useTv((state) => state.village) ?? ''
  const programmes = useTable('programmes')
  const day = localDay(useMinute())
  return useMemo(
    () => itemsOf(file, programmes.values(), day, village),
    [file, programmes, day, village],
  )
}

/** 15:00 党员志愿服务 */
export const todayOf = ({ startMs, title }: Item): string => `${clockTime(startMs)} ${title}`
