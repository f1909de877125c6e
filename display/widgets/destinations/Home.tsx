/** The near end of the arcs: the county, its townships tinted by how many left, the first of them by name, and the legend. */
import { useMemo } from 'react'
import type { Board, Row } from '../../../protocol/board.ts'
import { useTable } from '../../board.ts'
import { layLand, type Geo, type Shape } from '../../canvas/map/geometry.ts'
import { useCountyFile } from '../../county.ts'
import { useGeo } from '../../parts/geo.ts'
import { thousands } from '../../words.ts'

const rowCount = 5

/** The townships that most members left, and how many left the others. */
export function originsOf(townships: Board['townships']): {
  readonly first: readonly Row<'townships'>[]
  readonly others: number
} {
  const all = [...townships.values()]
    .filter(({ away }) => away > 0)
    .sort((a, b) => b.away - a.away || (a.id < b.id ? -1 : 1))
  const first = all.slice(0, rowCount)
  return { first, others: all.slice(rowCount).reduce((sum, { away }) => sum + away, 0) }
}

export function Home({ perDot }: { readonly perDot: number }) {
  const { map, masthead } = useCountyFile()
  const townships = useTable('townships')
  const geo = useGeo(map)
  const { first, others } = useMemo(() => originsOf(townships), [townships])
  const name = masthead.replace(/智慧党建$/, '')
  return (
    <>
      <div className="home">
        {geo === null ? <Knot /> : <Outline geo={geo} townships={townships} />}
        <b className="home-name serif">{name}</b>
      </div>
      {first.length > 0 && (
        <div className="home-origins">
          <p>流出地 · 人</p>
          <ol>
            {first.map(({ id, name: township, away }) => (
              <li key={id} data-testid="origin">
                <bdi>{township}</bdi>
                <span className="num">{thousands(away)}</span>
              </li>
            ))}
            {others > 0 && (
              <li>
                <span>其余</span>
                <span className="num">{thousands(others)}</span>
              </li>
            )}
          </ol>
        </div>
      )}
      <ul className="home-legend">
        <li>
          <Sample kind="joined" />
          {perDot === 1 ? '1 人' : `${thousands(perDot)} 人`} · 本月参加
        </li>
        <li>
          <Sample kind="attached" />
          编入支部,未参加
        </li>
        <li>
          <Sample kind="home" />
          由家乡支部联系
        </li>
      </ul>
    </>
  )
}

function Sample({ kind }: { readonly kind: 'joined' | 'attached' | 'home' }) {
  return (
    <svg className="home-sample" viewBox="0 0 1.6 1.6" aria-hidden="true">
      <circle className={`dot dot-${kind}`} cx={0.8} cy={0.8} r={kind === 'joined' ? 0.6 : 0.52} />
    </svg>
  )
}

/** Where no outline is at hand: a plain knot in which the arcs begin. */
function Knot() {
  return (
    <svg className="home-outline" viewBox="0 0 10 10" aria-hidden="true">
      <circle className="home-land" cx={5} cy={5} r={3.2} />
      <circle className="home-county" cx={5} cy={5} r={3.2} />

      <circle className="home-core" cx={5} cy={5} r={1.2} />
    </svg>
  )
}

const drawn = (shape: Shape) =>
  shape
    .map((ring) => `M${ring.map(({ x, y }) => `${x.toFixed(0)} ${y.toFixed(0)}`).join('L')}Z`)
    .join('')

function Outline({
  geo,
  townships,
}: {
  readonly geo: Geo
  readonly townships: Board['townships']
}) {
  const land = useMemo(() => layLand(geo), [geo])
  const most = Math.max(1, ...[...townships.values()].map(({ away }) => away))
  const { minX, minY, maxX, maxY } = land.extent
  const pad = 12
  return (
    <svg
      className="home-outline"
      viewBox={`${minX - pad} ${minY - pad} ${maxX - minX + 2 * pad} ${maxY - minY + 2 * pad}`}
      aria-hidden="true"
    >
      <path className="home-land" d={drawn(land.county)} />
      {[...land.townships.values()].map(({ code, shape }) => (
        <path
          key={code}
          className="home-township"
          d={drawn(shape)}
          style={{ fillOpacity: 0.06 + 0.5 * ((townships.get(code)?.away ?? 0) / most) }}
        />
      ))}
      <path className="home-county" d={drawn(land.county)} />
    </svg>
  )
}
