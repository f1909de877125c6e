/**
 * 党费标准: what a member owes a month, 《关于中国共产党党费收缴、使用和管理的规定》(2008). Only an adapter sees what somebody
 * earns or pays; what goes further is how many are set below the standard.
 *
 * - Art. 2: of the whole pay after tax, 0.5 % up to 3,000 yuan, 1 % up to 5,000, 1.5 % up to 10,000, 2 % above.
 * - Art. 5: of the pension, 0.5 % up to 5,000 yuan, 1 % above.
 * - Art. 6: farmers 0.2 to 1 yuan; students 0.2 yuan.
 */
export type Payer = 'waged' | 'retired' | 'farmer' | 'student'

/** Of one member, in fen (0.01 yuan). */
export interface SetDues {
  readonly payer: Payer
  /** Pay after tax, or pension, of a month; of no account for farmers and students. */
  readonly payFen: number
  /** What the member is set to pay a month. */
  readonly setFen: number
}

/** Least and most that is owed, in fen; a fraction of a fen is nobody's debt. */
export interface Owed {
  readonly leastFen: number
  readonly mostFen: number
}

/** Pay up to and with so many fen, at so many thousandths of it. */
type Rates = readonly (readonly [upToFen: number, thousandths: number])[]
const rates: { readonly [P in 'waged' | 'retired']: Rates } = {
  waged: [
    [300_000, 5],
    [500_000, 10],
    [1_000_000, 15],
    [Infinity, 20],
  ],
  retired: [
    [500_000, 5],
    [Infinity, 10],
  ],
}

/** `payFen`: whole fen from 0. */
export function duesOwed(payer: Payer, payFen: number): Owed {
  if (payer === 'farmer') return { leastFen: 20, mostFen: 100 }
  if (payer === 'student') return { leastFen: 20, mostFen: 20 }
  const [, thousandths = 0] = rates[payer].find(([upToFen]) => payFen <= upToFen) ?? []
  const fen = Math.floor((payFen * thousandths) / 1_000)
  return { leastFen: fen, mostFen: fen }
}

/** How many were held against the standard, and how many of them are set to pay less. */
export function countBelow(list: readonly SetDues[]): { members: number; below: number } {
  const below = list.filter(
    ({ payer, payFen, setFen }) => setFen < duesOwed(payer, payFen).leastFen,
  )
  return { members: list.length, below: below.length }
}
