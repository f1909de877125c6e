/** Many screens at once: a table in, a table of links out, each of which lets one box in once. */
import type { Express } from 'express'
import { toInstant } from '../../protocol/time.ts'
import type { Audit } from '../audit.ts'
import { createBodies } from '../http/guard.ts'
import { answerProblem, Problem } from '../http/problem.ts'
import type { Guard } from '../people/guard.ts'
import { answersFor } from '../people/person.ts'
import { divisionsOf, type Divisions } from '../roster/divisions.ts'
import { RosterError } from '../roster/roster-error.ts'
import { readRollout, RolloutError, type RowProblem } from './rollout.ts'
import type { ScreenStore } from './store.ts'

interface Options {
  readonly audit: Audit
  readonly guard: Guard
  readonly screens: ScreenStore
  /** Divisions that have a board. */
  readonly scopes: () => readonly string[]
  /** Six digits: whose places a table's names are. */
  readonly home: string
  readonly geoDir: string
  readonly dataDir: string
  /** Of this relay, as another machine reaches it; none where it hears only its own. */
  readonly addresses: () => readonly string[]
}

const tableBytes = 1_000_000
const types: readonly string[] = ['text/csv', 'application/octet-stream']
const profileWords = { wall: '大屏', tv: '电视', tablet: '平板' } as const

export function serveRollout(app: Express, options: Options): void {
  const { audit, guard, screens, home } = options
  const bodies = createBodies(2 * tableBytes)

  function divisions(): Divisions {
    try {
      return divisionsOf(home, options.geoDir, options.dataDir)
    } catch (error) {
      if (error instanceof RosterError) return { townships: [], villages: [] }
      throw error
    }
  }

  app.post(
    '/v1/fleet/roll-out',
    guard('fleet', async (req, res, person) => {
      const table = await bodies.bytes(req, types, tableBytes)
      const hanging = new Set(screens.list().map(({ config }) => `${config.scope} ${config.name}`))
      const refuse = (detail: string, problems: readonly RowProblem[]) =>
        answerProblem(res, new Problem(422, detail), { problems })
      try {
        const asked = readRollout(table, {
          county: home,
          divisions: divisions(),
          counties: options.scopes(),
          isTaken: (name, scope) => hanging.has(`${scope} ${name}`),
        })
        const foreign = asked.find(({ scope }) => !answersFor(person, scope))
        if (foreign !== undefined)
          return refuse(`${foreign.name} 的所在地 ${foreign.scope} 不归您的账号管辖`, [])
        audit.record('screens.rolled-out', person.by, `${asked.length} screens`)
        const made = screens.addAll(asked)
        const [origin = `http://${req.headers.host ?? 'localhost'}`] = options.addresses()
        const lines = made.map(({ screen: { config }, ticket, untilMs }) => {
          const page = config.profile === 'tv' ? '/tv' : '/'
          return [
            String(config.number),
            config.name,
            config.scope,
            profileWords[config.profile],
            `${origin}${page}#join=${ticket}`,
            toInstant(untilMs).slice(0, 10),
          ]
        })
        const heads = ['编号', '名称', '所在地', '类型', '配对链接(只能用一次)', '有效至']
        const text = [heads, ...lines].map((cells) => cells.map(cellOf).join(',')).join('\r\n')
        // Excel takes it for UTF-8 by its mark.
        return res.type('text/csv; charset=utf-8').send(`\ufeff${text}\r\n`)
      } catch (error) {
        if (error instanceof RolloutError) return refuse(error.message, error.problems)
        throw error
      }
    }),
  )
}

/** A name never begins a formula. */
function cellOf(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
