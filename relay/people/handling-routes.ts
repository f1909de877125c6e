/** Reminding of a warning and answering it (督办), by whoever answers for its place. */
import type { Express } from 'express'
import { HandleWarning, type Handlings } from '../../protocol/handling.ts'
import { toInstant } from '../../protocol/time.ts'
import type { Audit } from '../audit.ts'
import { createBodies } from '../http/guard.ts'
import { Problem } from '../http/problem.ts'
import type { Hub, Warned } from '../hub.ts'
import type { Guard } from './guard.ts'
import { eventOf, levelOf } from './handling.ts'
import { answersFor, type Person } from './person.ts'

interface Options {
  readonly hub: Pick<Hub, 'accept' | 'settle' | 'warned'>
  readonly audit: Audit
  readonly guard: Guard
  readonly now: () => number
}

export function serveHandling(app: Express, { hub, audit, guard, now }: Options): void {
  const bodies = createBodies()
  // A branch of no village has the county as its scope: which one it is nobody told, so it answers for none.
  const isOf = (person: Person, { place }: Warned) =>
    answersFor(person, place) &&
    (person.post.role !== 'branch' || (place.length === 12 && place === person.post.scope))

  app.get(
    '/v1/handling',
    guard('handling', (_req, res, person) =>
      res.json({
        at: toInstant(now()),
        warnings: hub
          .warned()
          .filter((each) => isOf(person, each))
          .map(({ name, warning }) => ({ name, warning })),
      } satisfies Handlings),
    ),
  )

  app.post(
    '/v1/handling',
    guard('handling', async (req, res, person) => {
      const { warning: id, act } = await bodies.json(
        req,
        HandleWarning,
        'warning 应为预警编号,act 应为 remind、withdraw、acknowledge 或 rectify',
      )
      const by = levelOf(person.post.role)
      const found = () => hub.warned(id).find((each) => isOf(person, each))
      const before = found()
      if (by === undefined || before === undefined)
        throw new Problem(404, `没有编号为 "${id.slice(0, 64)}" 的预警`)
      const { county, warning } = before
      const event = eventOf(warning, { act, by, county, nowMs: now() })
      audit.record(`warning.${act}`, person.by, `${id} as ${by}`)
      await hub.accept([event])
      await hub.settle(county)
      const after = found()?.warning ?? null
      if (act === 'withdraw' && after !== null && after.reminders === warning.reminders)
        throw new Problem(409, '这次提醒由平台发出,请在平台撤回')
      return res.json({ warning: after })
    }),
  )
}
