/** Cases, orders, suggestions, visits and transfers by the day on which a stage was first reached, kept up as they move. Pure. */
import type { EventData } from '../../protocol/events.ts'
import { dayOf, parseInstant } from './dates.ts'
import type { Domain, PipelineName, Step } from './domain.ts'
import type { Entry } from './register.ts'
import { countBetween, countDay, countOn, createDayCounts, type DayCounts } from './tally.ts'

/** `case/handled`, `case/disposed`, `order/any`, `order/resolved` … */
export type StageName = `${PipelineName}/${string}`

/** A case that is neither handled nor void. Instants in ms. */
export interface OpenCase {
  readonly id: string
  readonly stage: 'collected' | 'verified' | 'dispatched'
  readonly category: string
  readonly collectedAt: number
  /** When it has to be handled; absent until it is dispatched with a date. */
  readonly dueAt?: number
}

export interface Pipelines {
  /** Call before and after something was told of one: −1 with what was known, 1 with what is. */
  index(name: PipelineName, key: string, sign: 1 | -1): void
  on(stage: StageName, day: number): number
  between(stage: StageName, from: number, to: number): number
  openCases(): Iterable<OpenCase>
}

export function createPipelines(domain: Domain): Pipelines {
  const days = new Map<StageName, DayCounts>()
  const open = new Map<string, OpenCase>()

  const daysOf = (stage: StageName): DayCounts => {
    const known = days.get(stage) ?? createDayCounts()
    days.set(stage, known)
    return known
  }

  function index(name: PipelineName, key: string, sign: 1 | -1): void {
    const stages = domain.pipelines.get(name)?.get(key)
    if (stages === undefined) {
      if (name === 'case') open.delete(key)
      return
    }
    for (const [stage, at] of reached(name, stages))
      countDay(daysOf(`${name}/${stage}`), dayOf(at), sign)
    if (name !== 'case') return
    const one = openCase(key, stages)
    if (sign === 1 && one !== undefined) open.set(key, one)
    else open.delete(key)
  }

  for (const [name, all] of domain.pipelines) for (const key of all.keys()) index(name, key, 1)

  return {
    index,
    on: (stage, day) => countOn(days.get(stage), day),
    between: (stage, from, to) => countBetween(daysOf(stage), from, to),
    openCases: () => open.values(),
  }
}

type Stages = ReadonlyMap<string, readonly Entry<Step>[]>

const firstAt = (stages: Stages, stage: string): number | undefined => stages.get(stage)?.[0]?.at

/** Each stage with the instant at which it was first reached, and the derived ones. */
function* reached(name: PipelineName, stages: Stages): Generator<readonly [string, number]> {
  let first = Infinity
  for (const [stage, entries] of stages) {
    const at = entries[0]?.at
    if (at === undefined) continue
    first = Math.min(first, at)
    yield [stage, at]
  }
  if (first < Infinity) yield ['any', first]
  if (name === 'case') {
    const disposed = Math.min(
      firstAt(stages, 'handled') ?? Infinity,
      firstAt(stages, 'dismissed') ?? Infinity,
    )
    if (disposed < Infinity) yield ['disposed', disposed]
  }
  if (name === 'order') {
    const verified = stages.get('verified')
    const data = verified?.at(-1)?.value.data as EventData<'order.advanced'> | undefined
    const at = verified?.[0]?.at
    if (data?.isResolved === true && at !== undefined) yield ['resolved', at]
  }
}

const openStages = ['dispatched', 'verified', 'collected'] as const

function openCase(id: string, stages: Stages): OpenCase | undefined {
  if (stages.has('handled') || stages.has('dismissed')) return undefined
  const stage = openStages.find((each) => stages.has(each))
  if (stage === undefined) return undefined
  const told = (name: string) =>
    stages.get(name)?.at(-1)?.value.data as EventData<'case.advanced'> | undefined
  const dueAt = told('dispatched')?.dueAt
  return {
    id,
    stage,
    category: told('collected')?.category ?? '',
    collectedAt: firstAt(stages, 'collected') ?? firstAt(stages, stage) ?? 0,
    ...(dueAt !== undefined && { dueAt: parseInstant(dueAt) }),
  }
}
