/** Which rules apply in a county, and with which thresholds. */
import { Type, type Static } from 'typebox'
import { caseHoursDefaults, type CaseHours } from '../case-time.ts'
import { tierDefaults } from '../tiers.ts'
import type { WarningRule } from '../../../protocol/events.ts'
import { ruleNames, ruleOf, rules } from './all.ts'

const strict = { additionalProperties: false } as const
const Share = Type.Number({ minimum: 0, maximum: 1 })

/** Days that a warning may go unanswered before the level above hears of it (支部 → 乡镇 → 县). */
const Escalation = Type.Object(
  {
    toTownshipAfterDays: Type.Integer({ minimum: 0 }),
    toCountyAfterDays: Type.Integer({ minimum: 0 }),
  },
  strict,
)
/** Hours that a case without a time of its own may stay in a stage before it is overdue. */
const Hours = Type.Integer({ minimum: 1, maximum: 8_760 })
const Cases = Type.Object(
  { collectedHours: Hours, verifiedHours: Hours, dispatchedHours: Hours },
  strict,
)
const Tiers = Type.Object(
  { goldShare: Share, silverShare: Share, yellowBelowMedian: Share },
  strict,
)

/** One county's rules as written in `rules.yaml`: everything optional, `off` turns a rule off. */
export const RulesFile = Type.Object(
  {
    rules: Type.Optional(
      Type.Object(
        Object.fromEntries(
          ruleNames.map((name) => [
            name,
            Type.Optional(
              Type.Union([Type.Literal('off'), Type.Partial(rules[name].thresholds, strict)]),
            ),
          ]),
        ),
        strict,
      ),
    ),
    tiers: Type.Optional(Type.Partial(Tiers, strict)),
    escalation: Type.Optional(Type.Partial(Escalation, strict)),
    /** More warnings of one rule, in one township, raised on one day are told as one. */
    floodFrom: Type.Optional(Type.Integer({ minimum: 2 })),
    /** Hours after which an order that residents have not verified is overtime (超时). */
    orderHours: Type.Optional(Hours),
    cases: Type.Optional(Type.Partial(Cases, strict)),
  },
  strict,
)

type Thresholds = Readonly<Record<string, unknown>>

export interface RulesConfig {
  /** Thresholds of the rules that apply. */
  readonly thresholds: ReadonlyMap<WarningRule, Thresholds>
  readonly tiers: Static<typeof Tiers>
  readonly escalation: Static<typeof Escalation>
  readonly floodFrom: number
  readonly orderHours: number
  readonly cases: CaseHours
}

interface Written {
  readonly rules?: Readonly<Partial<Record<WarningRule, 'off' | Thresholds>>>
  readonly tiers?: Partial<RulesConfig['tiers']>
  readonly escalation?: Partial<RulesConfig['escalation']>
  readonly floodFrom?: number
  readonly orderHours?: number
  readonly cases?: Partial<CaseHours>
}

/** `written` is a value that `RulesFile` accepts. */
export function rulesOf(written: Written = {}): RulesConfig {
  return {
    thresholds: new Map(
      ruleNames.flatMap((name): (readonly [WarningRule, Thresholds])[] => {
        const own = written.rules?.[name]
        return own === 'off' ? [] : [[name, { ...ruleOf(name).defaults, ...own }]]
      }),
    ),
    tiers: { ...tierDefaults, ...written.tiers },
    escalation: { toTownshipAfterDays: 7, toCountyAfterDays: 15, ...written.escalation },
    floodFrom: written.floodFrom ?? 20,
    orderHours: written.orderHours ?? 72,
    cases: { ...caseHoursDefaults, ...written.cases },
  }
}

export function thresholdsOf<N extends WarningRule>(
  config: RulesConfig,
  name: N,
): (typeof rules)[N]['defaults'] {
  return (config.thresholds.get(name) ?? rules[name].defaults) as (typeof rules)[N]['defaults']
}
