/** Notices that hold today and concern this village, the newest first. */
import { useMemo } from 'react'
import type { PostedNotice } from '../../../protocol/television.ts'
import { dayNumber, localDay } from '../../../protocol/time.ts'
import { useTv } from '../television.ts'
import { concerns } from './schedule.ts'
import { useMinute } from './use-village.ts'

const usualDays = 30

export function noticesOn(
  notices: readonly PostedNotice[],
  day: string,
  village: string,
): readonly PostedNotice[] {
  return notices
    .filter((notice) => {
      const { on, until } = notice
      const holds = until === undefined ? dayNumber(day) - dayNumber(on) < usualDays : day <= until
      return on <= day && holds && concerns(notice, village)
    })
    .sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.id < b.id ? -1 : 1))
}

export function useNotices(): readonly PostedNotice[] {
  const notices = useTv(({ file }) => file.notices)
  const village = useTv((state) => state.village) ?? ''
  const day = localDay(useMinute())
  return useMemo(() => noticesOn(notices, day, village), [notices, day, village])
}

export function useUnread(): readonly PostedNotice[] {
  const opened = useTv((state) => state.opened)
  return useNotices().filter(({ id }) => !opened.includes(id))
}
