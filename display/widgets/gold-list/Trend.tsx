/** Points week by week, as a line that ends in a dot; each between its own least and most. */
const width = 11
const height = 2.4
const dot = 0.32

export function Trend({ weeks }: { readonly weeks: readonly number[] }) {
  const least = Math.min(...weeks)
  const range = Math.max(1, Math.max(...weeks) - least)
  const points = weeks.map((week, at) => ({
    x: dot + (at / (weeks.length - 1)) * (width - 2 * dot),
    y: height - dot - ((week - least) / range) * (height - 2 * dot),
  }))
  const last = points.at(-1)
  return (
    <svg
      className="trend"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`近 ${weeks.length} 周积分 ${weeks.join('、')}`}
    >
      <path d={points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')} />
      {last !== undefined && <circle cx={last.x} cy={last.y} r={dot} />}
    </svg>
  )
}
