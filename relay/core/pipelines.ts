/** Cases, orders, suggestions, visits and transfers by the day on which a stage was first reached, kept up as they move. Pure. */
import type { EventData } from '../../protocol/events.ts'
import type { OrderStage } from '../../protocol/events-services.ts'
import { dayOf, parseInstant } from './dates.ts'
import type { Domain, PipelineName, Step } from './domain.ts'
import { none, type Entries } from './register.ts'
import { countBetween, countDay, countOn, createDayCounts, type DayCounts } from './tally.ts'

/** `case/handled`, `case/disposed`, `case/took/5` hours, `case/about/噪声扰民`, `order/any`, `order/resolved`, `transfer/in/浙江` … */
export type StageName = `${PipelineName}/${string}`

/** A case that is neither handled nor void. Instants in ms. */
export interface OpenCase {
  readonly id: string
  readonly stage: 'collected' | 'verified' | 'dispatched'
  readonly category: string
  /** `source`, newline, id, as the facts are keyed; '' where none was told. */
  readonly intake: string
  readonly grid: string
  readonly collectedAt: number
  /** When it reached the stage. */
  readonly reachedAt: number
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
    const steps: Steps = domain.pipelines.get(name)?.get(key) ?? none
    for (const [stage, at] of reached(name, key, steps))
      countDay(daysOf(`${name}/${stage}`), dayOf(at), sign)
    if (name === 'case') note(cases, key, openCase(key, steps), sign)
    if (name === 'order') note(orders, key, openOrder(steps), sign)
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

type Steps = Entries<Step>

const has = (steps: Steps, stage: string): boolean => firstAt(steps, stage) !== undefined
const firstAt = (steps: Steps, stage: string): number | undefined =>
  steps.find(({ value }) => value.stage === stage)?.at
const lastOf = (steps: Steps, stage: string): unknown =>
  steps.findLast(({ value }) => value.stage === stage)?.value.data

/** Each stage with the instant at which it was first reached, and the derived ones. */
function* reached(
  name: PipelineName,
  key: string,
  steps: Steps,
): Generator<readonly [string, number]> {
  const seen = new Set<string>()
  for (const { at, value } of steps) {
    if (seen.has(value.stage)) continue
    seen.add(value.stage)
    yield [value.stage, at]
  }
  const [first] = steps
  if (first !== undefined) yield ['any', first.at]
  yield* derived[name]?.(steps, key) ?? []
}

type Derived = (steps: Steps, key: string) => readonly (readonly [string, number])[]

/** What took so many hours or longer is not told apart. */
export const mostHours = 72
const hourMs = 3_600_000

/** The key of a thing that the source of `key` names. */
const ofSource = (key: string, id: string | undefined): string =>
  id === undefined ? '' : `${key.slice(0, key.indexOf('\n'))}\n${id}`

const derived: { readonly [N in PipelineName]?: Derived } = {
  case(steps, key) {
    const collected = firstAt(steps, 'collected')
    const handled = firstAt(steps, 'handled') ?? Infinity
    const disposed = Math.min(handled, firstAt(steps, 'dismissed') ?? Infinity)
    const told = lastOf(steps, 'collected') as EventData<'case.advanced'> | undefined
    const due = lastOf(steps, 'dispatched') as EventData<'case.advanced'> | undefined
    const reached: [string, number][] = disposed < Infinity ? [['disposed', disposed]] : []
    if (collected !== undefined && told?.intake !== undefined)
      reached.push([`from/${ofSource(key, told.intake)}`, collected])
    if (collected !== undefined && told?.category !== undefined)
      reached.push([`about/${told.category}`, collected])
    if (handled < Infinity && collected !== undefined) {
      const hours = Math.min(mostHours, Math.max(0, Math.floor((handled - collected) / hourMs)))
      reached.push([`took/${hours}`, handled])
      if (due?.dueAt !== undefined && handled > parseInstant(due.dueAt))
        reached.push(['late', handled])
    }
    return reached
  },
  order(steps) {
    const data = lastOf(steps, 'verified') as EventData<'order.advanced'> | undefined
    const at = firstAt(steps, 'verified')
    return data?.isResolved === true && at !== undefined ? [['resolved', at]] : []
  },
  /** By direction and province: those applied for, and those done. */
  transfer(steps) {
    const told = lastOf(steps, 'done') ?? lastOf(steps, 'applied')
    if (told === undefined) return []
    const { direction, province = '' } = told as EventData<'relation.transferred'>
    const [applied, done] = [firstAt(steps, 'applied'), firstAt(steps, 'done')]
    return [
      ...(applied === undefined ? [] : [[`applied/${province}`, applied] as const]),
      ...(done === undefined ? [] : [[`${direction}/${province}`, done] as const]),
    ]
  },
}

const openCaseStages = ['dispatched', 'verified', 'collected'] as const

function openCase(id: string, steps: Steps): OpenCase | undefined {
  if (has(steps, 'handled') || has(steps, 'dismissed')) return undefined
  const stage = openCaseStages.find((each) => has(steps, each))
  if (stage === undefined) return undefined
  const told = (name: string) => lastOf(steps, name) as EventData<'case.advanced'> | undefined
  const dueAt = told('dispatched')?.dueAt
  const collected = told('collected')
  return {
    id,
    stage,
    category: collected?.category ?? '',
    intake: ofSource(id, collected?.intake),
    grid: ofSource(id, collected?.grid),
    collectedAt: firstAt(steps, 'collected') ?? firstAt(steps, stage) ?? 0,
    reachedAt: firstAt(steps, stage) ?? 0,
    ...(dueAt !== undefined && { dueAt: parseInstant(dueAt) }),
  }
}

const openOrderStages = ['accepted', 'dispatched', 'requested'] as const

function openOrder(steps: Steps): OpenOrder | undefined {
  const [first] = steps
  if (first === undefined || has(steps, 'verified')) return undefined
  const stage = openOrderStages.find((each) => has(steps, each))
  return stage === undefined ? undefined : { stage, since: first.at }
}
