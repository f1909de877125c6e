/** A recorded value in the words of the sheet. */
import { groupWords, kindWords } from './columns.ts'
import type { Divisions } from './divisions.ts'

const wordFor = (words: Readonly<Record<string, string>>, value: string): string =>
  Object.keys(words).find((word) => words[word] === value) ?? value

/** 党支部 for `branch`, 金陵镇 431128101 for its code; other fields as they are, and 无 for none. */
export function inWords(field: string, value: string, { townships, villages }: Divisions): string {
  if (value === '') return '无'
  if (field === 'kind') return wordFor(kindWords, value)
  if (field === 'group') return wordFor(groupWords, value)
  const places = { township: townships, village: villages }[field] ?? []
  const name = places.find(({ code }) => code === value)?.name
  return name === undefined ? value : `${name} ${value}`
}
