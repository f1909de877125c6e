/** Flags of organisations without territory, in a rack beside the county. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { Table } from '../../../protocol/board.ts'
import type { Point } from '../../canvas/map/geometry.ts'
import { createRack, rackPitch, type Rack } from '../../canvas/map/rack.ts'
import { countGroup } from './facts.ts'
import { place } from './place.ts'

/** The foot of an organisation's flag in this rack, in viewport px. */
export type Finder = (organization: string) => Point | null

interface Props {
  readonly group: 'organ' | 'enterprise'
  readonly title: string
  readonly perRow: number
  /** u of the canvas. */
  readonly at: readonly [number, number]
  readonly organizations: Table<'organizations'>
  readonly branches: Table<'branches'>
  readonly u: number
  readonly reduced: boolean
  readonly unknown: boolean
  readonly event: { readonly organization: string; readonly seq: number } | null
  readonly onPick?: ((organization: string) => void) | undefined
  readonly lend: (group: string, finder: Finder | null) => void
}

export function RackFigure({ group, title, perRow, at, onPick, lend, ...props }: Props) {
  const { organizations, branches, u, reduced, unknown, event } = props
  const el = useRef<HTMLDivElement>(null)
  const rack = useRef<Rack | null>(null)
  const first = useRef(u)

  useLayoutEffect(
    function raiseRack() {
      const host = el.current
      if (host === null) return
      const made = createRack(host, { group, perRow, u: first.current })
      rack.current = made
      lend(group, (organization) => {
        const foot = made.pointOf(organization)
        return foot === null ? null : inViewport(host, foot)
      })
      return function lowerRack() {
        lend(group, null)
        made.dispose()
        rack.current = null
      }
    },
    [group, perRow, lend],
  )
  useLayoutEffect(
    function fitRack() {
      first.current = u
      rack.current?.resize(u)
    },
    [u],
  )
  useEffect(
    function followBoard() {
      rack.current?.update(organizations, branches)
    },
    [organizations, branches],
  )
  useEffect(
    function followUnknown() {
      rack.current?.setUnknown(unknown)
    },
    [unknown],
  )
  const seq = event?.seq
  const organization = event?.organization
  const isReduced = useRef(reduced)
  useEffect(
    function keepReduced() {
      isReduced.current = reduced
    },
    [reduced],
  )
  useEffect(
    function playEvent() {
      if (seq !== undefined && organization !== undefined)
        rack.current?.celebrate(organization, isReduced.current)
    },
    [seq, organization],
  )

  const { all, online } = countGroup(group, organizations, branches)
  const own = useMemo(
    () => [...organizations.values()].filter((each) => each.group === group),
    [organizations, group],
  )
  /** By keyboard: which flag of the rack Enter opens; null while the focus is elsewhere. */
  const [chosen, setChosen] = useState<number | null>(null)
  const chosenOne = chosen === null ? undefined : own[chosen]
  const press = (event: KeyboardEvent) => {
    const by = stepOf(event.key, perRow)
    if (chosenOne !== undefined && event.key === 'Enter') onPick?.(chosenOne.id)
    else if (by !== 0) setChosen((now) => Math.min(own.length - 1, Math.max(0, (now ?? 0) + by)))
    else return
    // The arrows of the wall lead to other scenes.
    event.stopPropagation()
    event.preventDefault()
  }
  return (
    <figure className="map-rack" style={place(...at)}>
      <figcaption>
        {title}
        <span>{chosenOne?.name ?? `${unknown || all === 0 ? '—' : online}/${all || '—'}`}</span>
      </figcaption>
      <div
        ref={el}
        className="rack-flags"
        style={{
          width: `calc(var(--u) * ${perRow * rackPitch.x})`,
          height: `calc(var(--u) * ${Math.ceil(own.length / perRow) * rackPitch.y})`,
        }}
        role="group"
        aria-label={`${title},方向键选择,回车打开`}
        tabIndex={own.length === 0 ? -1 : 0}
        data-testid={`rack-${group}`}
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) setChosen(0)
        }}
        onBlur={() => setChosen(null)}
        onKeyDown={press}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          const at = { x: event.clientX - box.left, y: event.clientY - box.top }
          const organization = rack.current?.organizationAt(at)
          if (organization !== null && organization !== undefined) onPick?.(organization)
        }}
      >
        {chosen !== null && (
          <i
            className="rack-chosen"
            style={{
              left: `calc(var(--u) * ${(chosen % perRow) * rackPitch.x - 0.2})`,
              top: `calc(var(--u) * ${Math.floor(chosen / perRow) * rackPitch.y - 0.35})`,
            }}
          />
        )}
      </div>
    </figure>
  )
}

/** By how many flags a key goes on. */
function stepOf(key: string, perRow: number): number {
  if (key === 'ArrowLeft') return -1
  if (key === 'ArrowRight') return 1
  if (key === 'ArrowUp') return -perRow
  return key === 'ArrowDown' ? perRow : 0
}

export function inViewport(el: HTMLElement, p: Point): Point {
  const box = el.getBoundingClientRect()
  return { x: box.left + p.x, y: box.top + p.y }
}
