/** A table as CSV (RFC 4180), with a byte order mark so that Excel reads it as UTF-8. Pure. */
type Cells = readonly (readonly (string | number)[])[]

/** A text that a spreadsheet would take for a formula is told as text by an apostrophe before it. */
function fieldOf(cell: string | number): string {
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvOf(cells: Cells): string {
  return `\uFEFF${cells.map((row) => row.map(fieldOf).join(',')).join('\r\n')}\r\n`
}
