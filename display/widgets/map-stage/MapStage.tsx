/** The central stage: county with its flags, township labels, racks, legend and roots. Flags are never React nodes. */
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type Ref,
} from 'react'
import type { Table } from '../../../protocol/board.ts'
import { createMapStage, type MapStageHandle } from '../../canvas/map/flag-layer.ts'
import {
  drawLook,
  drawWarning,
  flagHeight,
  lookOf,
  moments,
  type Look,
} from '../../canvas/map/flag-mark.ts'
import type { Geo, Point } from '../../canvas/map/geometry.ts'
import { createRack, type Rack } from '../../canvas/map/rack.ts'
import type { AgeMark } from '../../freshness.ts'
import { Age } from '../../parts/Age.tsx'
import { thousands } from '../../words.ts'
import { labelX, layLabels, leaderStart } from './label-layout.ts'
import { layRoots } from './roots.ts'
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
  /** The map's approval number; without one the map is labelled 示意图. */
  readonly approval?: string
  readonly ref?: Ref<MapStageRef>
}

/** The widget's own corner and the map's inside it, in u of the canvas. */
const corner = { x: 61, y: 14 }
const mapLeft = 80
const nodeTop = 106

type Leaders = { readonly ends: ReadonlyMap<string, Point>; readonly foot: Point }

const place = (x: number, y: number) => ({
  left: `calc(var(--u) * ${(x - corner.x).toFixed(3)})`,
  top: `calc(var(--u) * ${(y - corner.y).toFixed(3)})`,
})

export function MapStage(props: MapStageProps) {
  const {
    organizations,
    branches,
    townships,
    destinations,
    county,
    geo,
    u,
    reduced,
    unknown,
    age,
    event,
    onPick,
    approval,
    ref,
  } = props
  const mapEl = useRef<HTMLDivElement>(null)
  const organEl = useRef<HTMLDivElement>(null)
  const enterpriseEl = useRef<HTMLDivElement>(null)
  const stage = useRef<MapStageHandle | null>(null)
  const racks = useRef<readonly { el: HTMLElement; rack: Rack }[]>([])
  const picked = useRef(onPick)
  const [leaders, setLeaders] = useState<Leaders | null>(null)
  const [hot, setHot] = useState<string | null>(null)
  const latestU = useRef(u)

  const labels = useMemo(() => layLabels(seatsOf(geo)), [geo])
  const names = useMemo(() => namesOf(geo), [geo])
  const roots = useMemo(() => layRoots(destinations), [destinations])
  const organ = useMemo(
    () => countGroup('organ', organizations, branches),
    [organizations, branches],
  )
  const enterprise = useMemo(
    () => countGroup('enterprise', organizations, branches),
    [organizations, branches],
  )

  useEffect(
    function keepPick() {
      picked.current = onPick
    },
    [onPick],
  )

  useLayoutEffect(
    function raiseStage() {
      if (!mapEl.current || !organEl.current || !enterpriseEl.current) return
      const made = createMapStage(mapEl.current, geo, {
        u: latestU.current,
        reduced,
        onPick: (id) => picked.current?.(id),
      })
      stage.current = made
      racks.current = (
        [
          ['organ', 13, organEl.current],
          ['enterprise', 8, enterpriseEl.current],
        ] as const
      ).map(([group, perRow, el]) => ({
        el,
        rack: createRack(el, { group, perRow, u: latestU.current, reduced }),
      }))
      return function lowerStage() {
        made.dispose()
        for (const { rack } of racks.current) rack.dispose()
        stage.current = null
        racks.current = []
      }
    },
    [geo, reduced],
  )

  useLayoutEffect(
    function fitStage() {
      const made = stage.current
      if (!made) return
      if (latestU.current !== u) {
        latestU.current = u
        made.resize(u)
        for (const { rack } of racks.current) rack.resize(u)
      }
      const toCanvas = (p: Point): Point => ({ x: mapLeft + p.x / u, y: corner.y + p.y / u })
      const ends = new Map<string, Point>()
      for (const label of labels) {
        const from = leaderStart(label, names.get(label.code) ?? '')
        const end = made.leaderEnd(label.code, {
          x: (from.x - mapLeft) * u,
          y: (from.y - corner.y) * u,
        })
        if (end) ends.set(label.code, toCanvas(end))
      }
      setLeaders({ ends, foot: toCanvas(made.foot()) })
    },
    [u, labels, names, geo, reduced],
  )

  useEffect(
    function followBoard() {
      stage.current?.update(organizations, branches)
      for (const { rack } of racks.current) rack.update(organizations, branches)
    },
    [organizations, branches, geo, reduced],
  )

  useEffect(
    function followUnknown() {
      stage.current?.setUnknown(unknown)
      for (const { rack } of racks.current) rack.setUnknown(unknown)
    },
    [unknown, geo, reduced],
  )

  const board = useRef(organizations)
  useEffect(
    function keepBoard() {
      board.current = organizations
    },
    [organizations],
  )

  const seq = event?.seq
  const organization = event?.organization
  useEffect(
    function playEvent() {
      if (seq === undefined || organization === undefined) return
      stage.current?.celebrate(organization)
      for (const { rack } of racks.current) rack.celebrate(organization)
      const township = board.current.get(organization)?.township ?? ''
      if (township === '') return
      const heat = (code: string | null) => {
        setHot(code)
        stage.current?.hotTownship(code)
      }
      const begin = setTimeout(() => heat(township), reduced ? 0 : moments.townHighlight[0])
      const end = setTimeout(() => heat(null), moments.settle[0])
      return () => {
        clearTimeout(begin)
        clearTimeout(end)
        heat(null)
      }
    },
    [seq, organization, reduced],
  )

  useImperativeHandle(
    ref,
    () => ({
      pointOf(id) {
        const onMap = stage.current?.pointOf(id)
        if (onMap && mapEl.current) return inViewport(mapEl.current, onMap)
        for (const { el, rack } of racks.current) {
          const inRack = rack.pointOf(id)
          if (inRack) return inViewport(el, inRack)
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
      data-unknown={unknown || undefined}
      data-late={age !== null || undefined}
      aria-label="全县党旗地图"
    >
      <div className="map-land" ref={mapEl} />
      <svg className="map-lines" viewBox="61 14 118 102" aria-hidden="true">
        {leaders &&
          labels.map((label) => {
            const from = leaderStart(label, names.get(label.code) ?? '')
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

      {labels.map((label) => {
        const row = townships.get(label.code)
        const style =
          label.side === 'left'
            ? place(labelX.left, label.y)
            : { right: `calc(var(--u) * ${179 - labelX.right})`, top: place(0, label.y).top }
        return (
          <div
            key={label.code}
            className={`map-label map-label-${label.side}`}
            data-hot={label.code === hot || undefined}
            style={style}
          >
            <span className="map-name">{row?.name ?? names.get(label.code)}</span>
            <span className="map-figures">
              <span>
                <b>{row && !unknown ? row.online : '—'}</b>/{row?.organizations ?? '—'}
              </span>
              {row && !unknown && row.silent > 0 && (
                <span className="map-silent">
                  <Triangle />
                  {row.silent}
                </span>
              )}
            </span>
          </div>
        )
      })}

      <figure className="map-rack" style={place(81, 89.4)}>
        <figcaption>
          县直机关
          <span>
            {unknown || organ.all === 0 ? '—' : organ.online}/{organ.all || '—'}
          </span>
        </figcaption>
        <div ref={organEl} />
      </figure>
      <figure className="map-rack" style={place(143.8, 91)}>
        <figcaption>
          两新组织
          <span>
            {unknown || enterprise.all === 0 ? '—' : enterprise.online}/{enterprise.all || '—'}
          </span>
        </figcaption>
        <div ref={enterpriseEl} />
      </figure>

      <ul className="map-legend" style={place(158.4, 91.6)}>
        {(unknown ? [unknownSample] : legend).map(([look, words]) => (
          <li key={look}>
            <Sample look={look} u={u} />
            {words}
          </li>
        ))}
      </ul>

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
      <p className="map-source">
        {age !== null && <Age mark={age} label="红旗 " />}
        {approval ?? '示意图'} · 边界 {sourceOf(geo)},乡镇界为近似
      </p>
    </section>
  )
}

const legend: readonly (readonly [Look, string])[] = [
  ['online', '在线'],
  ['yellow', '静默 30+'],
  ['active', '今日活动'],
  ['orange', '静默 60+'],
  ['offline', '离线'],
  ['red', '静默 90+'],
]

const unknownSample: readonly [Look, string] = ['unknown', '未知,数据已中断']

function Triangle() {
  return (
    <svg className="map-triangle" viewBox="0 0 20 18" aria-label="静默">
      <path d="M10 3 L17.5 15.5 L2.5 15.5 Z" />
    </svg>
  )
}

/** A legend mark drawn by the same brush as the flags. */
function Sample({ look, u }: { look: Look; u: number }) {
  const el = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(
    function drawSample() {
      const canvas = el.current
      const g = canvas?.getContext('2d')
      if (!canvas || !g) return
      const ratio = window.devicePixelRatio || 1
      canvas.width = Math.round(2.4 * u * ratio)
      canvas.height = Math.round(2.4 * u * ratio)
      g.scale(ratio, ratio)
      const unit = flagHeight.branch * u
      if (look === 'yellow' || look === 'orange' || look === 'red') {
        g.translate(1.2 * u, 1.2 * u)
        drawWarning(g, look, unit * 0.42)
        return
      }
      const ring = look === 'offline' || look === 'unknown'
      g.translate(
        (ring ? 1.2 : 0.8) * u,
        (look === 'offline' ? 1.4 : look === 'unknown' ? 1.7 : 2) * u,
      )
      drawLook(g, look, look === 'active' ? 1.6 * u : unit, unit)
    },
    [look, u],
  )
  return <canvas ref={el} className="map-sample" aria-hidden="true" />
}

function inViewport(el: HTMLElement, p: Point): Point {
  const box = el.getBoundingClientRect()
  return { x: box.left + p.x, y: box.top + p.y }
}

/** Seats by the middle of each township's outline; only their order matters, so plain degrees will do. */
function seatsOf(geo: Geo) {
  return geo.townships.features.map((f) => {
    const seat = f.properties['seat']
    const [lng, lat] = Array.isArray(seat)
      ? (seat as number[])
      : middleOf(f.geometry.coordinates.flat(f.geometry.type === 'Polygon' ? 1 : 2))
    return { code: String(f.properties['code']), x: lng ?? 0, y: -(lat ?? 0) }
  })
}

function middleOf(positions: readonly unknown[]): [number, number] {
  const points = positions.filter((p): p is number[] => Array.isArray(p))
  const lngs = points.map((p) => p[0] ?? 0)
  const lats = points.map((p) => p[1] ?? 0)
  return [(Math.min(...lngs) + Math.max(...lngs)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2]
}

function namesOf(geo: Geo): ReadonlyMap<string, string> {
  return new Map(
    geo.townships.features.map((f) => [String(f.properties['code']), String(f.properties['name'])]),
  )
}

function sourceOf(geo: Geo): string {
  const source = geo.county.features[0]?.properties['source']
  return typeof source === 'string' ? (source.split(' (')[0] ?? source) : '来源未注明'
}

function countGroup(
  group: 'organ' | 'enterprise',
  organizations: Table<'organizations'>,
  branches: Table<'branches'>,
) {
  let all = 0
  let online = 0
  for (const o of organizations.values()) {
    if (o.group !== group) continue
    all++
    const look = lookOf(branches.get(o.id))
    if (look === 'live' || look === 'active' || look === 'online') online++
  }
  return { all, online }
}
