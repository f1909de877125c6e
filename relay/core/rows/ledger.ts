/** How completely branches keep their work ledger, and communities their daily uploads. Pure. */
import type { Basic } from '../../../protocol/events-members.ts'
import { monthStart } from '../calendar.ts'
import { ledgerDays } from '../fact-totals.ts'
import type { Derivation } from './derivation.ts'

const names: readonly Basic[] = [
  'organization',
  'team',
  'activity',
  'rules',
  'ground',
  'support',
  'service',
]

export const basics: Derivation<'basics'> = {
  of: ['ledger', 'branches'],
  rows: ({ index: { ledger }, day, branches }) =>
    names.map((basic) => ({
      id: basic,
      basic,
      filled: ledger.between(basic, day - ledgerDays + 1, day),
      of: branches,
    })),
}

export const communities: Derivation<'communities'> = {
  of: ['uploads'],
  rows({ index: { uploads }, day }) {
    const told = [...uploads.due.keys()].map((id) => ({
      id,
      due: uploads.due.between(id, day, day),
      done: uploads.done.between(id, day, day),
      dueMonth: uploads.due.between(id, monthStart(day), day),
      doneMonth: uploads.done.between(id, monthStart(day), day),
    }))
    const shares = told.map(({ dueMonth, doneMonth }) =>
      dueMonth === 0 ? 0 : doneMonth / dueMonth,
    )
    const ranks = new Map<number, number>()
    shares
      .toSorted((a, b) => b - a)
      .forEach((share, at) => {
        if (!ranks.has(share)) ranks.set(share, at + 1)
      })
    return told.map((row, at) => ({ ...row, rank: ranks.get(shares[at] ?? 0) ?? 1 }))
  },
}
