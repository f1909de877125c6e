/** A township's name beside the map and how many of its organisations are there, as a button that looks into it. */
import { memo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { labelX, type Label } from './label-layout.ts'
import { place } from './place.ts'

interface Props {
  readonly label: Label
  readonly row: Row<'townships'> | undefined
  /** By the outlines. */
  readonly name: string | undefined
  /** How much further out it stands than on 16:9, u. */
  readonly spread: number
  /** The board is too old to say who is there. */
  readonly unknown: boolean
  readonly isHot: boolean
  readonly onTownship: ((code: string) => void) | undefined
}

/** Only those whose figures change are drawn anew with their board. */
export const TownshipLabel = memo(function TownshipLabel(props: Props) {
  const { label, row, name, spread, unknown, isHot, onTownship } = props
  const style =
    label.side === 'left'
      ? place(labelX.left - spread, label.y)
      : {
          right: `calc(var(--u) * ${179 - labelX.right - spread})`,
          top: place(0, label.y).top,
        }
  return (
    <button
      type="button"
      onClick={() => onTownship?.(label.code)}
      className={`map-label map-label-${label.side}`}
      data-hot={isHot || undefined}
      style={style}
    >
      <span className="map-name">{nameOf(row, name)}</span>
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
    </button>
  )
})

/** A township without a committee of its own is known to the board by its code alone, and to the outlines by its name. */
function nameOf(row: Row<'townships'> | undefined, drawn: string | undefined): string | undefined {
  return row === undefined || row.name === row.id ? (drawn ?? row?.name) : row.name
}

function Triangle() {
  return (
    <svg className="map-triangle" viewBox="0 0 20 18" aria-label="静默">
      <path d="M10 3 L17.5 15.5 L2.5 15.5 Z" />
    </svg>
  )
}
