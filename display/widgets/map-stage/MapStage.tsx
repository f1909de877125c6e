/** The central stage: county with its flags, township labels, racks, legend and roots. Flags are never React nodes. */
import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type Ref,
} from 'react'
import type { Table } from '../../../protocol/board.ts'
import type { CountyLayer } from '../../canvas/map/county-layer.ts'
import { moments } from '../../canvas/map/flag-mark.ts'
import type { Geo, Point } from '../../canvas/map/geometry.ts'
import type { Ground } from '../../canvas/map/land-paths.ts'
import type { AgeMark } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Age } from '../../parts/Age.tsx'
import { thousands } from '../../words.ts'
import { CountyMap } from '../../parts/CountyMap.tsx'
import { groundWords } from '../../parts/ground.ts'
import { namesOf, seatsOf, sourceOf } from './facts.ts'
import { layLabels, leaderStart } from './label-layout.ts'
import { Legend } from './Legend.tsx'
import { corner, place } from './place.ts'
import { inViewport, RackFigure, type Finder } from './RackFigure.tsx'
import { layRoots } from './roots.ts'
import { TownshipLabel } from './TownshipLabel.tsx'
import './map-stage.css'

export type MapStageRef = {
  /** The foot of an organisation's flag, on the map or in a rack, in viewport px. */
  pointOf(organization: string): Point | null
}

export type MapStageProps = {
  readonly organizations: Table<'organizations'>
  readonly branches: Table<'branches'>
  readonly townships: Table<'townships'>
  readonly destinations: Table<'destinations'>
  readonly county: Table<'county'>
  readonly geo: Geo
  /** A map of tiles on the land. */
  readonly ground: Ground | null
  /** px of one u. */
  readonly u: number
  readonly reduced: boolean
  /** The board is too old to say who flies a flag. */
  readonly unknown: boolean
  /** How old the flags are, where they are not live. */
  readonly age: AgeMark | null
  /** A new `seq` starts a sequence. */
  readonly event: { readonly organization: string; readonly seq: number } | null
  readonly onPick?: (organization: string) => void
  readonly onTownship?: (code: string) => void
  /** The map's approval number; without one the map is labelled 示意图. */
  readonly approval: string | null
  readonly ref?: Ref<MapStageRef>
}

/** The map's left edge, u of the canvas. */
const mapLeft = 80
const nodeTop = 106
/** The stage's width on a wall of 16:9; a wider place sets labels, racks and roots further apart, a narrower one closer together. */
const stageU = 118

type Leaders = { readonly ends: ReadonlyMap<string, Point>; readonly foot: Point }

export function MapStage(props: MapStageProps) {
  const {
    organizations,
    branches,
    townships,
    destinations,
    county,
    geo,
    ground,
    u,
    reduced,
    unknown,
    age,
    event,
    onPick,
    onTownship,
    approval,
    ref,
  } = props
  const layer = useRef<{ readonly el: HTMLElement; readonly county: CountyLayer } | null>(null)
  const racks = useRef(new Map<string, Finder>())
  const [leaders, setLeaders] = useState<Leaders | null>(null)
  const [hot, setHot] = useState<string | null>(null)

  const beyond = (useRoom().w - stageU) / 2
  const spread = beyond / 2
  const labels = useMemo(() => layLabels(seatsOf(geo)), [geo])
  const names = useMemo(() => namesOf(geo), [geo])
  const roots = useMemo(() => layRoots(destinations, spread), [destinations, spread])

  const pointLeaders = useCallback(
    (county: CountyLayer, el: HTMLElement, px: number) => {
      layer.current = { el, county }
      const toCanvas = (p: Point): Point => ({ x: mapLeft + p.x / px, y: corner.y + p.y / px })
      const ends = new Map<string, Point>()
      for (const label of labels) {
        const from = leaderStart(label, names.get(label.code) ?? '', spread)
        const end = county.leaderEnd(label.code, {
          x: (from.x - mapLeft) * px,
          y: (from.y - corner.y) * px,
        })
        if (end) ends.set(label.code, toCanvas(end))
      }
      setLeaders({ ends, foot: toCanvas(county.foot()) })
    },
    [labels, names, spread],
  )
  const lend = useCallback((group: string, finder: Finder | null) => {
    if (finder === null) racks.current.delete(group)
    else racks.current.set(group, finder)
  }, [])

  const board = useRef({ organizations, reduced })
  useEffect(
    function keepBoard() {
      board.current = { organizations, reduced }
    },
    [organizations, reduced],
  )
  const seq = event?.seq
  const organization = event?.organization
  useEffect(
    function heatTownship() {
      if (seq === undefined || organization === undefined) return
      const township = board.current.organizations.get(organization)?.township ?? ''
      if (township === '') return
      const [from = 0] = moments.townHighlight
      const begin = setTimeout(() => setHot(township), board.current.reduced ? 0 : from)
      const end = setTimeout(() => setHot(null), moments.settle[0])
      return () => {
        clearTimeout(begin)
        clearTimeout(end)
        setHot(null)
      }
    },
    [seq, organization],
  )

  useImperativeHandle(
    ref,
    () => ({
      pointOf(id) {
        const onMap = layer.current?.county.pointOf(id)
        if (onMap && layer.current) return inViewport(layer.current.el, onMap)
        for (const find of racks.current.values()) {
          const inRack = find(id)
          if (inRack) return inRack
        }
        return null
      },
    }),
    [],
  )

  const total = [...county.values()][0]
  return (
    <section
      className="map-stage"
      style={{ left: `calc(var(--u) * ${beyond})` }}
      data-unknown={unknown || undefined}
      data-late={age !== null || undefined}
      aria-label="全县党旗地图"
    >
      <CountyMap
        {...{
          geo,
          ground,
          organizations,
          branches,
          u,
          reduced,
          unknown,
          hot,
          event,
          onPick,
          onTownship,
        }}
        onLay={pointLeaders}
      />
      <svg className="map-lines" viewBox="61 14 118 102" aria-hidden="true">
        {leaders &&
          labels.map((label) => {
            const from = leaderStart(label, names.get(label.code) ?? '', spread)
            const to = leaders.ends.get(label.code)
            if (!to) return null
            const isHot = label.code === hot
            return (
              <g key={label.code} className={isHot ? 'map-leader map-leader-hot' : 'map-leader'}>
                <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
                <circle cx={to.x} cy={to.y} r={0.34} />
              </g>
            )
          })}
        {leaders &&
          [...roots]
            .sort((a, b) => a.members - b.members)
            .map((root) => {
              const { x, y } = leaders.foot
              const start = y + 0.5
              const dx = root.x - x
              return (
                <path
                  key={root.city}
                  className={root.widest ? 'map-root map-root-widest' : 'map-root'}
                  strokeWidth={root.width}
                  d={`M${x},${start} C${x + dx * 0.12},${start + 4.6} ${root.x},${start + 1.4} ${root.x},${nodeTop}`}
                />
              )
            })}
      </svg>

      {labels.map((label) => (
        <TownshipLabel
          key={label.code}
          {...{ label, spread, unknown, onTownship }}
          row={townships.get(label.code)}
          name={names.get(label.code)}
          isHot={label.code === hot}
        />
      ))}

      <RackFigure
        group="organ"
        title="县直机关"
        perRow={13}
        at={[81 - spread, 89.4]}
        {...{ organizations, branches, u, reduced, unknown, event, onPick, lend }}
      />
      <RackFigure
        group="enterprise"
        title="两新组织"
        perRow={8}
        at={[143.8 + spread, 91]}
        {...{ organizations, branches, u, reduced, unknown, event, onPick, lend }}
      />
      <Legend u={u} unknown={unknown} spread={spread} />

      {total && (
        <div className="map-floating" style={place(61, 99.4)}>
          <h2>流动党员</h2>
          <strong>{thousands(total.floatingMembers)}</strong>
          <p>{total.floatingCommittees} 个流动党委</p>
          <p>{total.floatingBranches} 个流动党支部</p>
        </div>
      )}
      {roots.map((root) => (
        <div key={root.city} className="map-node" style={place(root.x, nodeTop + 0.3)}>
          <strong>{unknown ? '—' : thousands(root.members)}</strong>
          <p>
            <b>{root.city}</b>
            {root.branches} 支部
          </p>
        </div>
      ))}
      <p className="map-source" style={{ right: `calc(var(--u) * ${-beyond})` }}>
        {age !== null && <Age mark={age} label="红旗 " />}
        {approval ?? '示意图'} · {groundWords(ground)}边界 {sourceOf(geo)},乡镇界为近似
      </p>
    </section>
  )
}
