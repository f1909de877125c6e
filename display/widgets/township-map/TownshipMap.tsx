/** The township alone, as large as the stage has room, with the names of the flags that have room for one. */
import { useCallback, useMemo, useState } from 'react'
import { useTable, useTrust, useWall } from '../../board.ts'
import type { CountyLayer } from '../../canvas/map/county-layer.ts'
import { heightOf, lookOf, rankOf } from '../../canvas/map/flag-mark.ts'
import type { Geo } from '../../canvas/map/geometry.ts'
import { useCountyFile } from '../../county.ts'
import { useOpenings, useSubject } from '../../director/openings.ts'
import { useFreshness } from '../../freshness.ts'
import { useScreen } from '../../kiosk/screen.ts'
import { Age } from '../../parts/Age.tsx'
import { CountyMap } from '../../parts/CountyMap.tsx'
import { useGeo } from '../../parts/geo.ts'
import { groundWords, useGround } from '../../parts/ground.ts'
import { nameWithin, useTownship } from '../../parts/township.ts'
import { Sentence } from '../panel/Panel.tsx'
import { placeNames, shortNameOf, type Name } from './names.ts'
import './township-map.css'

/** u around the land: names may stand beside it. */
const room = { left: 9, right: 9, top: 3, bottom: 3.5 }
/** 4K px. */
const tallest = 34
const nameU = 1.85

/** The township's outline in the place of the county's: the layer fits and rules what it is given. */
export function townshipGeo(geo: Geo, code: string): Geo | null {
  const features = geo.townships.features.filter(({ properties }) => properties['code'] === code)
  if (features.length === 0) return null
  const alone = { type: 'FeatureCollection', features } as const
  return { county: alone, townships: alone }
}

/** What has been laid: where each flag stands, px of the stage. */
interface Laid {
  readonly county: CountyLayer
  readonly width: number
  readonly height: number
}

export function TownshipMap() {
  const { u, reduced } = useScreen()
  const code = useSubject()
  const { map, approval } = useCountyFile()
  const geo = useGeo(map)
  const ground = useGround()
  const township = useTownship()
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const trust = useTrust()
  const freshness = useFreshness('organizations')
  const current = useWall((state) => state.stage.current)
  const { openBranch } = useOpenings()
  const [laid, setLaid] = useState<Laid | null>(null)
  const keepLaid = useCallback((county: CountyLayer, el: HTMLElement) => {
    setLaid({ county, width: el.clientWidth, height: el.clientHeight })
  }, [])

  const own = useMemo(
    () => new Map([...organizations].filter(([, organization]) => organization.township === code)),
    [organizations, code],
  )
  const outline = useMemo(
    () => (geo === null || code === null ? null : townshipGeo(geo, code)),
    [geo, code],
  )
  const names = useMemo((): readonly Name[] => {
    if (laid === null || township === undefined) return []
    const flags = township.all.flatMap(({ organization, branch }) => {
      const foot = laid.county.pointOf(organization.id)
      if (foot === null) return []
      const look = lookOf(branch)
      const isCommittee = organization.kind === 'committee'
      return [
        {
          id: organization.id,
          name: isCommittee
            ? organization.name
            : shortNameOf(nameWithin(organization.name, township.row.name)),
          foot,
          height: heightOf(look, isCommittee, tallest / 16) * u,
          weight: (isCommittee ? 10 : 0) + rankOf(look) + (look === 'live' ? 9 : 0),
        },
      ]
    })
    return placeNames(flags, nameU * u, laid)
  }, [laid, township, u])

  const isCut = trust === 'stale' || trust === 'unknown'
  const unknown = trust === 'unknown' || freshness.phase === 'error'
  if (map === null || (geo !== null && outline === null))
    return (
      <div className="township-none">
        <Sentence title="本地暂无这个乡镇的轮廓" next="支部见右表" />
      </div>
    )
  if (outline === null) return null
  return (
    <section
      className="township-map"
      data-unknown={unknown || undefined}
      data-testid="township-map"
      aria-label="乡镇党旗地图"
    >
      <CountyMap
        key={code}
        geo={outline}
        ground={ground}
        organizations={own}
        branches={branches}
        u={u}
        reduced={reduced}
        unknown={unknown}
        hot={null}
        event={!isCut && current !== null && own.has(current.organization) ? current : null}
        onPick={openBranch}
        onLay={keepLaid}
        room={room}
        tallest={tallest}
      />
      {names.map(({ id, name, x, y }) => {
        const branch = branches.get(id)
        const isActive = !unknown && (branch?.activeToday === true || branch?.state === 'live')
        const isCommittee = organizations.get(id)?.kind === 'committee'
        return (
          <span
            key={id}
            className={
              isCommittee ? 'flag-name serif' : isActive ? 'flag-name is-active' : 'flag-name'
            }
            style={{ left: x, top: y }}
          >
            {name}
          </span>
        )
      })}
      <p className="township-source">
        {freshness.phase !== 'live' && <Age mark={freshness.mark} label="红旗 " />}
        {approval ?? '示意图'} · {groundWords(ground)}乡镇界为近似
      </p>
    </section>
  )
}
