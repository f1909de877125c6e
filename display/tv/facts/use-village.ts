/** The village of this television, out of tables that are looked at once a second: a weak box has better to do. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { useTable, useWall } from '../../board.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { placeOf } from '../../words.ts'
import { useTv } from '../television.ts'
import { channelsOf, type Channel } from './channels.ts'
import { ownOf, placeName, ranking, type Standing } from './village.ts'

export interface Village {
  /** As it was chosen. */
  readonly code: string
  /** Undefined while no board knows it. */
  readonly organization: Row<'organizations'> | undefined
  readonly branch: Row<'branches'> | undefined
  /** 天地山村; '' while unknown. */
  readonly place: string
  /** 金陵镇 */
  readonly township: string
}

export function useVillage(): Village {
  const code = useTv(({ village }) => village) ?? ''
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const branches = useCalmTable('branches')
  const organization = useMemo(() => ownOf({ organizations }, code), [organizations, code])
  return {
    code,
    organization,
    branch: organization === undefined ? undefined : branches.get(organization.id),
    place: organization === undefined ? '' : placeName(organization.name),
    township: placeOf({ townships }, organization),
  }
}

/** The first of the county, or of a township. */
export function useRanking(township: string | null, most: number): readonly Standing[] {
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const branches = useCalmTable('branches')
  return useMemo(
    () => ranking({ organizations, branches, townships }, township).slice(0, most),
    [organizations, branches, townships, township, most],
  )
}

export function useChannels(): readonly Channel[] {
  const cameras = useTv((state) => state.cameras)
  const { organization } = useVillage()
  const own = organization?.id ?? null
  return useMemo(() => channelsOf(cameras?.values() ?? [], own), [cameras, own])
}

export interface ChannelWords {
  /** 石羊镇 乐大晚村党支部 */
  readonly name: string
  /** 乐大晚村 */
  readonly place: string
  /** What the camera is called. */
  readonly title: string
}

export function useChannelWords(): (channel: Channel) => ChannelWords {
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  return ({ camera, organization }) => {
    const row = organizations.get(organization ?? '')
    return {
      name:
        row === undefined ? (camera?.title ?? '') : `${placeOf({ townships }, row)} ${row.name}`,
      place: row === undefined ? (camera?.title ?? '') : placeName(row.name),
      title: camera?.title ?? '',
    }
  }
}

/** Local time at full minutes, ms: what depends on the hour is drawn once a minute. */
export function useMinute(): number {
  return useWall(({ now }) => Math.floor(now / 60_000) * 60_000)
}
