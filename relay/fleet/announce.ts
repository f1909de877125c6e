/** Tells screens what notices hold for them, whenever that changes: one is sent, ended, or over by itself. */
import type { FleetDesk } from './desk.ts'
import type { NoticeStore } from './notices.ts'

export interface Announcer {
  announce(): void
  stop(): void
}

export function createAnnouncer(
  desk: FleetDesk,
  notices: Pick<NoticeStore, 'holding' | 'nextEndMs'>,
): Announcer {
  let timer: ReturnType<typeof setTimeout> | undefined
  function announce(): void {
    clearTimeout(timer)
    desk.tellNotices(notices.holding)
    const endMs = notices.nextEndMs()
    if (endMs !== undefined) timer = setTimeout(announce, endMs)
  }
  announce()
  return { announce, stop: () => clearTimeout(timer) }
}
