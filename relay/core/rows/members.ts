/** What members are offered and honoured with, and where they move. Pure. */
import type { Row } from '../../../protocol/board.ts'
import { mostRows } from '../../../protocol/board-domain.ts'
import { dayMs, dayOfNumber, dayStartMs, toInstant } from '../../../protocol/time.ts'
import { yearStart } from '../calendar.ts'
import { parseInstant } from '../dates.ts'
import { idOf, type Derivation } from './derivation.ts'

export const goods: Derivation<'goods'> = {
  of: ['goods'],
  rows: ({ index }) =>
    index.newest('goods').map(({ key, data: { name, points, stock } }) => ({
      id: idOf(key),
      name,
      points,
      stock,
    })),
}

export const honours: Derivation<'honours'> = {
  of: ['honour'],
  rows: ({ index }) =>
    index.newest('honour').map(({ key, subject, at, data: { title, name } }) => ({
      id: idOf(key),
      title,
      name: name ?? null,
      organization: subject,
      at: toInstant(at),
    })),
}

export const scores: Derivation<'scores'> = {
  of: ['score'],
  rows({ index, day }) {
    const month = dayOfNumber(day).slice(0, 7)
    const told = index.newest('score').filter(({ data }) => data.month === month)
    return told.map(({ key, subject, data: { name, points } }) => ({
      id: idOf(key),
      name,
      organization: subject,
      points,
      rank: told.findIndex(({ data }) => data.points === points) + 1,
    }))
  },
}

const daysAhead = 8

export const programmes: Derivation<'programmes'> = {
  of: ['programme'],
  rows({ index: { facts }, day }) {
    const from = dayStartMs(dayOfNumber(day))
    return [...facts.all('programme')]
      .map(({ key, data }) => ({ key, data, at: parseInstant(data.startsAt) }))
      .filter(({ at }) => at >= from && at < from + daysAhead * dayMs)
      .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
      .slice(0, mostRows.programmes)
      .map(({ key, at, data: { title, minutes } }) => ({
        id: idOf(key),
        title,
        startsAt: toInstant(at),
        minutes,
      }))
  },
}

const homeName = '本省'

export const transfers: Derivation<'transfers'> = {
  of: ['transfer'],
  rows({ index: { pipelines }, day }) {
    const rows = new Map<string, Row<'transfers'>>()
    for (const stage of pipelines.stages()) {
      const [name, column, province] = stage.split('/')
      if (name !== 'transfer' || province === undefined) continue
      const count = pipelines.between(stage, yearStart(day), day)
      if (count === 0) continue
      const id = province === '' ? homeName : province
      const row = rows.get(id) ?? { id, province: id, applied: 0, in: 0, out: 0, within: 0 }
      const which = column as 'applied' | 'in' | 'out' | 'within'
      rows.set(id, { ...row, [which]: row[which] + count })
    }
    return [...rows.values()]
  },
}
