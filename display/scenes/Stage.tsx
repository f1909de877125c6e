/** Feeds the map stage from the board, and says where its flags stand. */
import { createContext, useContext, useEffect, useRef } from 'react'
import { useTable, useTrust, useWall } from '../board.ts'
import { useCountyFile } from '../county.ts'
import { useOpenings } from '../director/openings.ts'
import { useFreshness } from '../freshness.ts'
import { useScreen } from '../kiosk/screen.ts'
import { useGeo } from '../parts/geo.ts'
import { useGround } from '../parts/ground.ts'
import { MapStage, type MapStageRef } from '../widgets/map-stage/MapStage.tsx'
import type { Point } from '../widgets/thread/path.ts'

export interface FlagFinder {
  pointOf: (organization: string) => Point | null
}
/** Filled by the stage, read by the thread. */
const FinderContext = createContext<FlagFinder>({ pointOf: () => null })
export const FinderProvider = FinderContext.Provider

export function Stage() {
  const { u, reduced } = useScreen()
  const { map, approval } = useCountyFile()
  const geo = useGeo(map)
  const ground = useGround()
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const townships = useTable('townships')
  const destinations = useTable('destinations')
  const county = useTable('county')
  const current = useWall((state) => state.stage.current)
  const trust = useTrust()
  const freshness = useFreshness('organizations')
  const finder = useContext(FinderContext)
  const { openBranch, openTownship } = useOpenings()
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
  if (map === null) return <NoMap />
  if (geo === null) return null
  const isCut = trust === 'stale' || trust === 'unknown'
  return (
    <MapStage
      ref={stage}
      onPick={openBranch}
      onTownship={openTownship}
      {...{ organizations, branches, townships, destinations, county, geo, ground, u, reduced }}
      unknown={trust === 'unknown' || freshness.phase === 'error'}
      age={freshness.phase === 'live' && trust !== 'past' ? null : freshness.mark}
      event={isCut ? null : current}
      approval={approval}
    />
  )
}

function NoMap() {
  return (
    <p className="no-map">
      本地暂无地图轮廓
      <br />
      把轮廓放入数据目录的 map 文件夹,并在 county.yaml 写 map: own
    </p>
  )
}
