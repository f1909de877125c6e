/** Feeds the map stage from the board, and says where its flags stand. */
import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { useTable, useTrust, useWall } from '../board.ts'
import { useFreshness } from '../freshness.ts'
import type { Geo } from '../canvas/map/geometry.ts'
import { useScreen } from '../kiosk/screen.ts'
import { MapStage, type MapStageRef } from '../widgets/map-stage/MapStage.tsx'
import type { Point } from '../widgets/thread/path.ts'

export interface FlagFinder {
  pointOf: (organization: string) => Point | null
}
/** Filled by the stage, read by the thread. */
const FinderContext = createContext<FlagFinder>({ pointOf: () => null })
export const FinderProvider = FinderContext.Provider

/** wall.html names them too, so that they come beside the scripts. */
const files = ['/geo/xintian/county.geojson', '/geo/xintian/townships.approx.geojson'] as const
const retryMs = 10_000

function useGeo(): Geo | null {
  const [geo, setGeo] = useState<Geo | null>(null)
  useEffect(function loadGeo() {
    let isGone = false
    let retry: ReturnType<typeof setTimeout> | undefined
    const load = async () => {
      try {
        const [county, townships] = await Promise.all(
          files.map(async (file) => {
            const response = await fetch(file)
            if (!response.ok) throw new Error(`${file} answered ${response.status}`)
            return (await response.json()) as Geo['county']
          }),
        )
        if (!isGone && county && townships) setGeo({ county, townships })
      } catch {
        // The relay may be restarting: the outline is asked for again.
        if (!isGone) retry = setTimeout(() => void load(), retryMs)
      }
    }
    void load()
    return () => {
      isGone = true
      clearTimeout(retry)
    }
  }, [])
  return geo
}

export function Stage() {
  const { u, reduced } = useScreen()
  const geo = useGeo()
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const townships = useTable('townships')
  const destinations = useTable('destinations')
  const county = useTable('county')
  const current = useWall((state) => state.stage.current)
  const trust = useTrust()
  const freshness = useFreshness('organizations')
  const finder = useContext(FinderContext)
  const stage = useRef<MapStageRef>(null)
  useEffect(
    function lendFinder() {
      finder.pointOf = (organization) => stage.current?.pointOf(organization) ?? null
      return () => {
        finder.pointOf = () => null
      }
    },
    [finder],
  )
  if (geo === null) return null
  const isCut = trust === 'stale' || trust === 'unknown'
  return (
    <MapStage
      ref={stage}
      {...{ organizations, branches, townships, destinations, county, geo, u, reduced }}
      unknown={trust === 'unknown' || freshness.phase === 'error'}
      age={freshness.phase === 'live' ? null : freshness.mark}
      event={isCut ? null : current}
    />
  )
}
