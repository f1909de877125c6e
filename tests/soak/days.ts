/** The checker's own calendar: day numbers of Asia/Shanghai, which has been UTC+8 since 1991. */
const dayMs = 86_400_000

export const dayOf = (ms: number): number => Math.floor((ms + 8 * 3_600_000) / dayMs)
export const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs
const dateOf = (day: number): Date => new Date(day * dayMs)

/** First days of the month, quarter and year that lie `ago` before those of `day`. */
export const monthOf = (day: number, ago = 0): number =>
  Date.UTC(dateOf(day).getUTCFullYear(), dateOf(day).getUTCMonth() - ago, 1) / dayMs
export function quarterOf(day: number, ago = 0): number {
  const month = Math.floor(dateOf(day).getUTCMonth() / 3) * 3
  return Date.UTC(dateOf(day).getUTCFullYear(), month - 3 * ago, 1) / dayMs
}
export const yearOf = (day: number, ago = 0): number =>
  Date.UTC(dateOf(day).getUTCFullYear() - ago, 0, 1) / dayMs

export const monthTextOf = (day: number): string => dateOf(day).toISOString().slice(0, 7)
export const dateNumberOf = (day: number): number => dateOf(day).getUTCDate()
