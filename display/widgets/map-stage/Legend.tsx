/** What the marks on the map mean, drawn by the brush that draws the flags. */
import type { Look } from '../../canvas/map/flag-mark.ts'
import { FlagSample } from '../../parts/FlagSample.tsx'
import { place } from './place.ts'

const looks: readonly (readonly [Look, string])[] = [
  ['online', '在线'],
  ['yellow', '静默 30+'],
  ['active', '今日活动'],
  ['orange', '静默 60+'],
  ['offline', '离线'],
  ['red', '静默 90+'],
]
const unknownLooks: typeof looks = [['unknown', '未知,数据已中断']]

interface Props {
  readonly u: number
  readonly unknown: boolean
  /** How much further from the axis than on 16:9, in u. */
  readonly spread: number
}

export function Legend({ u, unknown, spread }: Props) {
  return (
    <ul className="map-legend" style={place(158.4 + spread, 91.6)}>
      {(unknown ? unknownLooks : looks).map(([look, words]) => (
        <li key={look}>
          <FlagSample look={look} u={u} />
          {words}
        </li>
      ))}
    </ul>
  )
}
