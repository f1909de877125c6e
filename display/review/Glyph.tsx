/** How grave a warning is, by shape before colour; with an outline of ink, since paper is light. */
const names = { 1: '关注', 2: '黄色预警', 3: '橙色预警', 4: '红色预警' } as const
const shapes = {
  1: 'M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16Z',
  2: 'M12 3 22 21H2Z',
  3: 'M12 1.5 22.5 12 12 22.5 1.5 12Z',
  4: 'M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9Z',
} as const
const fills = { 1: 'none', 2: 'var(--p-warn2)', 3: 'var(--p-warn3)', 4: 'var(--p-warn4)' } as const

export function Glyph({ level }: { readonly level: 1 | 2 | 3 | 4 }) {
  return (
    <svg className="glyph" viewBox="0 0 24 24" role="img" aria-label={names[level]}>
      <path d={shapes[level]} fill={fills[level]} stroke="var(--p-ink)" strokeWidth="1.6" />
      {level === 4 && <path d="M11 6h2v8h-2Zm0 10h2v2.4h-2Z" fill="var(--p-card)" />}
    </svg>
  )
}
