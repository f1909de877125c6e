/** The audit log for whoever watches over those who act. To look at it is written down as well. */
import type { Express } from 'express'
import type { AuditPage } from '../../protocol/people.ts'
import { toInstant } from '../../protocol/time.ts'
import { auditMonths, readAudit, type Audit } from '../audit.ts'
import { Problem } from '../http/problem.ts'
import type { Guard } from './guard.ts'

interface Options {
  readonly audit: Audit
  readonly guard: Guard
  readonly dataDir: string
  readonly now: () => number
}

const pageLines = 100

export function serveAudit(app: Express, { audit, guard, dataDir, now }: Options): void {
  app.get(
    '/v1/audit/:month',
    guard('audit', (req, res, person) => {
      const month = String(req.params['month'])
      if (!/^\d{4}-\d{2}$/.test(month)) throw new Problem(404, '月份应写作 2026-06')
      const { find = '', from = '0' } = req.query
      if (typeof find !== 'string' || find.length > 64) throw new Problem(400, 'find 至多 64 字')
      if (typeof from !== 'string' || !/^\d{1,7}$/.test(from))
        throw new Problem(400, 'from 应为从 0 开始的行数')
      const lines = readAudit(dataDir, month).filter(({ act, by, about }) =>
        `${act} ${by} ${about}`.includes(find),
      )
      // A page that looks again by itself leaves no second line.
      if (req.headers['x-passive'] === undefined)
        audit.record('audit.read', person.by, `${month} ${find}`.trim())
      const page = lines.toReversed().slice(Number(from), Number(from) + pageLines)
      return res.json({
        at: toInstant(now()),
        months: auditMonths(dataDir),
        lines: page,
        total: lines.length,
      } satisfies AuditPage)
    }),
  )
}
