/** Fuller and brighter as it worsens: ring, hollow triangle, solid diamond, light octagon with a red bar. */
import './warning-mark.css'
import { colors } from '../theme/theme.ts'

export type Level = 1 | 2 | 3 | 4

const names = { 1: '关注', 2: '黄色预警', 3: '橙色预警', 4: '红色预警' } as const

export function WarningMark({
  level,
  draws = false,
}: {
  readonly level: Level
  /** Draws itself once, 400 ms. */
  readonly draws?: boolean
}) {
  return (
    <svg
      className={draws ? 'warning-mark draws' : 'warning-mark'}
      viewBox="0 0 24 24"
      width="1em"
      height="1em"
      role="img"
      aria-label={names[level]}
    >
      {level === 1 && (
        <circle cx="12" cy="12" r="8" fill="none" stroke={colors.warn1} strokeWidth="3" />
      )}
      {level === 2 && (
        <path
          d="M12 4 22 20.5H2Z"
          fill="none"
          stroke={colors.warn2}
          strokeWidth="3"
          strokeLinejoin="round"
        />
      )}
      {level === 3 && <path d="M12 1.5 22.5 12 12 22.5 1.5 12Z" fill={colors.warn3} />}
      {level === 4 && (
        <>
          <path d="M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9Z" fill={colors.warn4Plate} />
          <path d="M10 5.2h4v13.6h-4Z" fill={colors.warn4Mark} />
        </>
      )}
    </svg>
  )
}
