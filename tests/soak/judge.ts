/** What happens at a checkpoint: the clock stands, everything is told, and each figure is held against what it has to be. */
import { localDay, toInstant } from '../../protocol/time.ts'
import { above } from '../../protocol/division.ts'
import { until } from '../support/relay.ts'
import { compareCounts, compareFigures, sumBeneath, type Figures, type Verdicts } from './check.ts'
import { countAll } from './count.ts'
import { ask, type SoakRelay } from './relay-process.ts'
import type { Screen } from './screens.ts'
import type { Told } from './told.ts'

export interface Tally {
  counted: number
  past: number
  screens: number
  replayed: number
  readonly wrong: string[]
}

/** Asked for the past as well: a whole province of it would take a minute. */
const pastScopes: ReadonlySet<string> = new Set([
  '431128',
  '511403',
  '330824',
  '610422',
  '340104',
  '511600',
  '630100',
  '530102',
  '533401',
  '350102',
])

export interface Judge {
  check(atMs: number): Promise<void>
  /** Against a relay that made everything anew from the log, standing at the moment of the last check. */
  checkReplay(relay: SoakRelay): Promise<void>
  readonly tally: Tally
}

export function createJudge(relay: SoakRelay, told: Told, screens: readonly Screen[]): Judge {
  const tally: Tally = { counted: 0, past: 0, screens: 0, replayed: 0, wrong: [] }
  const last = new Map<string, Figures>()
  const note = (kind: 'counted' | 'past' | 'replayed', { compared, wrong }: Verdicts): void => {
    tally[kind] += compared
    tally.wrong.push(...wrong)
  }

  /** A county of which something was told: the relay's day shows on its board. */
  async function dayTurned(county: string, atMs: number): Promise<void> {
    const day = localDay(atMs)
    await until(`the relay's ${day}`, async () => {
      const { tables } = (await ask(`${relay.url}/v1/snapshot/${county}`)) as {
        readonly tables: { readonly county?: readonly { readonly day: string }[] }
      }
      return tables.county?.[0]?.day === day
    })
  }

  return {
    tally,
    async check(atMs) {
      const holding = told.holding()
      const county = [...holding.keys()].find((code) => !code.endsWith('00')) ?? ''
      await dayTurned(county, atMs)
      const counts = await countAll(holding, atMs)
      const scopes = new Set([...counts.keys()].flatMap((code) => [code, ...above(code)]))
      for (const scope of scopes) {
        const figures = await relay.figures(scope)
        last.set(scope, figures)
        const verdicts = compareCounts(scope, figures, sumBeneath(counts, scope))
        note('counted', verdicts)
        if (!pastScopes.has(scope)) continue
        const past = await relay.figures(scope, toInstant(atMs))
        note('past', compareFigures(`${scope} now and ?at= of now,`, figures, past))
      }
      for (const screen of screens) {
        const differing = await screen.differences()
        tally.screens += 1
        for (const table of differing)
          tally.wrong.push(`the screen ${screen.name} differs from a fresh snapshot in ${table}`)
      }
    },
    async checkReplay(other) {
      for (const [scope, figures] of last)
        note(
          'replayed',
          compareFigures(
            `${scope} before and after a replay,`,
            figures,
            await other.figures(scope),
          ),
        )
    },
  }
}
