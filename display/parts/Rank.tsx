/** A rank, and how far it moved since midnight. */
import './rank.css'

export function RankNumber({ rank }: { readonly rank: number }) {
  return <span className={rank <= 3 ? 'rank-no num first' : 'rank-no num'}>{rank}</span>
}

/** `moved`: places gained; negative: lost. */
export function RankMove({ moved }: { readonly moved: number }) {
  return (
    <span className={moved > 0 ? 'rank-move num up' : 'rank-move num'}>
      {moved > 0 ? `▲${moved}` : moved < 0 ? `▼${-moved}` : '–'}
    </span>
  )
}
