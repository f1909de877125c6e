import { isMet, type BenchRow } from './measure.ts'

function targetOf({ target }: BenchRow): string {
  if (target === undefined) return '–'
  return 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`
}

/** Markdown, as the README holds it. */
export function asTable(rows: readonly BenchRow[]): string {
  return [
    '| what | measured | limit of the same run | ratio | target | |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => {
      const mark = row.target === undefined ? '' : isMet(row) ? '✓' : '✗'
      return `| ${row.name} | ${row.value} | ${row.limit} | ${row.ratio.toFixed(2)} | ${targetOf(row)} | ${mark} |`
    }),
  ].join('\n')
}

export function asJson(rows: readonly BenchRow[]): string {
  const machine = { at: new Date().toISOString(), node: process.version }
  return JSON.stringify(
    { ...machine, rows: rows.map((row) => ({ ...row, isMet: isMet(row) })) },
    null,
    2,
  )
}
