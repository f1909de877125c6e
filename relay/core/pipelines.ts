/** Cases, orders, suggestions, visits and transfers by the day on which a stage was first reached, kept up as they move. Pure. */
import type { EventData } from '../../protocol/events.ts'
import type { OrderStage } from '../../protocol/events-services.ts'
import { dayOf, parseInstant } from './dates.ts'
import type { Domain, PipelineName, Step } from './domain.ts'
import type { Entry } from './register.ts'
import { countBetween, countDay, countOn, createDayCounts, type DayCounts } from './tally.ts'

/** `case/handled`, `case/disposed`, `order/any`, `order/resolved`, `transfer/in/浙江` … */
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

/** An order that residents have not verified. */
export interface OpenOrder {
  readonly stage: Exclude<OrderStage, 'verified'>
  /** When it was requested, in ms. */
  readonly since: number
}

export interface Pipelines {
  /** Call before and after something was told of one: −1 with what was known, 1 with what is. */
  index(name: PipelineName, key: string, sign: 1 | -1): void
  on(stage: StageName, day: number): number
  between(stage: StageName, from: number, to: number): number
  /** Every stage that was ever reached. */
  stages(): Iterable<StageName>
  openCases(): Iterable<OpenCase>
  openOrders(): Iterable<OpenOrder>
}

export function createPipelines(domain: Domain): Pipelines {
  const days = new Map<StageName, DayCounts>()
  const cases = new Map<string, OpenCase>()
  const orders = new Map<string, OpenOrder>()

  const daysOf = (stage: StageName): DayCounts => {
    const known = days.get(stage) ?? createDayCounts()
    days.set(stage, known)
    return known
  }
  function note<T>(open: Map<string, T>, key: string, one: T | undefined, sign: 1 | -1): void {
    if (sign === 1 && one !== undefined) open.set(key, one)
    else open.delete(key)
  }

  function index(name: PipelineName, key: string, sign: 1 | -1): void {
    const stages: Stages = domain.pipelines.get(name)?.get(key) ?? new Map()
    for (const [stage, at] of reached(name, stages))
      countDay(daysOf(`${name}/${stage}`), dayOf(at), sign)
    if (name === 'case') note(cases, key, openCase(key, stages), sign)
    if (name === 'order') note(orders, key, openOrder(stages), sign)
  }

  for (const [name, all] of domain.pipelines) for (const key of all.keys()) index(name, key, 1)

  return {
    index,
    on: (stage, day) => countOn(days.get(stage), day),
    between: (stage, from, to) => countBetween(daysOf(stage), from, to),
    stages: () => days.keys(),
    openCases: () => cases.values(),
    openOrders: () => orders.values(),
  }
}

type Stages = ReadonlyMap<string, readonly Entry<Step>[]>

const firstAt = (stages: Stages, stage: string): number | undefined => stages.get(stage)?.[0]?.at

function earliest(stages: Stages): number {
  let first = Infinity
  for (const entries of stages.values()) first = Math.min(first, entries[0]?.at ?? Infinity)
  return first
}

/** Each stage with the instant at which it was first reached, and the derived ones. */
function* reached(name: PipelineName, stages: Stages): Generator<readonly [string, number]> {
  for (const [stage, entries] of stages) {
    const at = entries[0]?.at
    if (at !== undefined) yield [stage, at]
  }
  const first = earliest(stages)
  if (first < Infinity) yield ['any', first]
  yield* derived[name]?.(stages) ?? []
}

type Derived = (stages: Stages) => readonly (readonly [string, number])[]

const derived: { readonly [N in PipelineName]?: Derived } = {
  case(stages) {
    const handled = firstAt(stages, 'handled') ?? Infinity
    const disposed = Math.min(handled, firstAt(stages, 'dismissed') ?? Infinity)
    return disposed < Infinity ? [['disposed', disposed]] : []
  },
  order(stages) {
    const verified = stages.get('verified')
    const data = verified?.at(-1)?.value.data as EventData<'order.advanced'> | undefined
    const at = verified?.[0]?.at
    return data?.isResolved === true && at !== undefined ? [['resolved', at]] : []
  },
  /** By direction and province: those applied for, and those done. */
  transfer(stages) {
    const [told] = [...(stages.get('done') ?? stages.get('applied') ?? [])].slice(-1)
    if (told === undefined) return []
    const { direction, province = '' } = told.value.data as EventData<'relation.transferred'>
    const [applied, done] = [firstAt(stages, 'applied'), firstAt(stages, 'done')]
    return [
      ...(applied === undefined ? [] : [[`applied/${province}`, applied] as const]),
      ...(done === undefined ? [] : [[`${direction}/${province}`, done] as const]),
    ]
  },
}

const openCaseStages = ['dispatched', 'verified', 'collected'] as const

function openCase(id: string, stages: Stages): OpenCase | undefined {
  if (stages.has('handled') || stages.has('dismissed')) return undefined
  const stage = openCaseStages.find((each) => stages.has(each))
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

const openOrderStages = ['accepted', 'dispatched', 'requested'] as const

function openOrder(stages: Stages): OpenOrder | undefined {
  if (stages.has('verified')) return undefined
  const stage = openOrderStages.find((each) => stages.has(each))
  return stage === undefined ? undefined : { stage, since: earliest(stages) }
}
