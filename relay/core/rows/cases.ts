/** Residents' reports on their way, and how long they have been on it. Pure. */
import type { Row } from '../../../protocol/board.ts'
import { mostRows } from '../../../protocol/board-domain.ts'
import type { CaseStage } from '../../../protocol/events-services.ts'
import { toInstant } from '../../../protocol/time.ts'
import { yearStart } from '../calendar.ts'
import { dueOf, type CaseHours } from '../case-time.ts'
import { mostHours, type OpenCase } from '../pipelines.ts'
import { idOf, type Derivation } from './derivation.ts'

const stages: readonly CaseStage[] = [
  'collected',
  'verified',
  'dispatched',
  'handled',
  'rated',
  'dismissed',
]

export const caseStages: Derivation<'caseStages'> = {
  of: ['case', 'minute'],
  rows({ index: { pipelines }, day, asOfMs, rules }) {
    const open = [...pipelines.openCases()]
    return stages.map((stage): Row<'caseStages'> => {
      const waiting = open.filter((one) => one.stage === stage)
      const oldest = waiting.reduce((min, { collectedAt }) => Math.min(min, collectedAt), Infinity)
      return {
        id: stage,
        stage,
        today: pipelines.on(`case/${stage}`, day),
        year: pipelines.between(`case/${stage}`, yearStart(day), day),
        waiting: waiting.length,
        oldestSince: oldest === Infinity ? null : toInstant(oldest),
        overdue: waiting.filter((one) => dueOf(one, rules.cases) < asOfMs).length,
      }
    })
  },
}

/** The earliest due ahead. */
const pressing = (hours: CaseHours) => (a: OpenCase, b: OpenCase) =>
  dueOf(a, hours) - dueOf(b, hours) || a.collectedAt - b.collectedAt || (a.id < b.id ? -1 : 1)

export const cases: Derivation<'cases'> = {
  of: ['case'],
  rows: ({ index: { pipelines }, rules }) =>
    [...pipelines.openCases()]
      .sort(pressing(rules.cases))
      .slice(0, mostRows.cases)
      .map((one) => ({
        id: idOf(one.id),
        stage: one.stage,
        category: one.category,
        intake: idOf(one.intake),
        grid: idOf(one.grid),
        since: toInstant(one.collectedAt),
        dueAt: toInstant(dueOf(one, rules.cases)),
      })),
}

export const grids: Derivation<'grids'> = {
  of: ['grid', 'case', 'minute'],
  rows({ index: { facts, pipelines }, asOfMs, rules }) {
    const open = new Map<string, number>()
    const overdue = new Map<string, number>()
    for (const one of pipelines.openCases()) {
      const { grid } = one
      open.set(grid, (open.get(grid) ?? 0) + 1)
      if (dueOf(one, rules.cases) < asOfMs) overdue.set(grid, (overdue.get(grid) ?? 0) + 1)
    }
    return [...facts.all('grid')].map(({ key, data: { name, township = '' } }) => ({
      id: idOf(key),
      name,
      township,
      open: open.get(key) ?? 0,
      overdue: overdue.get(key) ?? 0,
    }))
  },
}

const weekDays = 7
const mostCategories = 24

export const categories: Derivation<'categories'> = {
  of: ['case'],
  rows: ({ index: { pipelines }, day }) =>
    [...pipelines.stages()]
      .filter((stage) => stage.startsWith('case/about/'))
      .map((stage) => {
        const category = stage.slice('case/about/'.length)
        const week = pipelines.between(stage, day - weekDays + 1, day)
        return { id: category, category, week }
      })
      .filter(({ week }) => week > 0)
      .sort((a, b) => b.week - a.week || (a.id < b.id ? -1 : 1))
      .slice(0, mostCategories),
}

export const durations: Derivation<'durations'> = {
  of: ['case'],
  rows({ index: { pipelines }, day }) {
    const from = day - weekDays + 1
    const hours = Array.from({ length: mostHours + 1 }, (_, hour) =>
      pipelines.between(`case/took/${hour}`, from, day),
    )
    if (hours.every((count) => count === 0)) return []
    return [{ id: 'week', hours, late: pipelines.between('case/late', from, day) }]
  },
}
