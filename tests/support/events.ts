/** CloudEvents of a tiny county for tests: three organisations in two townships. */
import type { EventKind, EventData } from '../../protocol/events.ts'

let next = 0

export function cloudEvent<K extends EventKind>(
  kind: K,
  subject: string,
  data: EventData<K>,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  next += 1
  return {
    specversion: '1.0',
    id: `t-${next}`,
    source: 'xintian',
    type: `cn.flagwall.${kind}`,
    subject,
    partitionkey: '431128',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
    ...more,
  }
}

export const branchA = '431128105001-01'
export const branchB = '431128101001-01'
export const branchC = '431128001001-01'

/**
 * Organisations of three townships, online, with members; B is called by `name`. A branch that has met never
 * is silent since its founding, so those founded at `young` (A and C) fly a flag and old B does not.
 */
export function smallCounty(
  name = '天地山村党支部',
  young = '2001-07-01',
): readonly Record<string, unknown>[] {
  const at = { time: '2026-01-05T09:00:00+08:00' }
  const place = [
    { id: branchA, name: '乐大晚村党支部', township: '431128105', lng: 112.2, lat: 25.75 },
    { id: branchB, name, township: '431128101', lng: 112.27, lat: 25.947 },
    { id: branchC, name: '秀峰社区党支部', township: '431128001', lng: 112.217, lat: 25.909 },
  ]
  return place.flatMap(({ id, ...site }) => [
    cloudEvent(
      'organization.recorded',
      id,
      {
        ...site,
        kind: 'branch',
        group: 'territory',
        foundedOn: id === branchB ? '2001-07-01' : young,
        termEndsOn: '2029-03-01',
      },
      at,
    ),
    cloudEvent('members.counted', id, { members: 40 }, at),
    cloudEvent('branch.online', id, {}, at),
  ])
}
