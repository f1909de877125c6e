/** Flags of organisations without territory, in a rack beside the county. */
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { Table } from '../../../protocol/board.ts'
import type { Point } from '../../canvas/map/geometry.ts'
import { createRack, type Rack } from '../../canvas/map/rack.ts'
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
  readonly lend: (group: string, finder: Finder | null) => void
}

export function RackFigure({ group, title, perRow, at, lend, ...props }: Props) {
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
  return (
    <figure className="map-rack" style={place(...at)}>
      <figcaption>
        {title}
        <span>
          {unknown || all === 0 ? '—' : online}/{all || '—'}
        </span>
      </figcaption>
      <div ref={el} />
    </figure>
  )
}

export function inViewport(el: HTMLElement, p: Point): Point {
  const box = el.getBoundingClientRect()
  return { x: box.left + p.x, y: box.top + p.y }
}
