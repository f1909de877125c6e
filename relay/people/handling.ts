/** What becomes of a warning when somebody acts on it (督办): an event like any platform's, so a replay tells the same. Pure. */
import { createHash } from 'node:crypto'
import type { Row } from '../../protocol/board.ts'
import type { Event } from '../../protocol/events.ts'
import type { HandleWarning } from '../../protocol/handling.ts'
import type { Role } from '../../protocol/people.ts'
import { toInstant } from '../../protocol/time.ts'
import { Problem } from '../http/problem.ts'

type Warning = Row<'warnings'>
type Act = HandleWarning['act']
export type Level = 'branch' | 'township' | 'county'

/** As which level a role acts; undefined where it does not. */
export function levelOf(role: Role): Level | undefined {
  return role === 'operator' || role === 'auditor' ? undefined : role
}

/** Named by what the board tells of it, so that whoever withdraws it finds it again. */
function reminderId(warning: string, by: Level, at: string): string {
  const hash = createHash('sha256').update(`${warning} ${by} ${at}`).digest('hex')
  return `reminder-${hash.slice(0, 40)}`
}

/** Throws `Problem` 403 where the level may not, and 409 where the warning is not at that step. */
function refuse({ stage, remindedBy }: Warning, act: Act, by: Level): void {
  const isCaller = act === 'remind' || act === 'withdraw'
  if (isCaller && by === 'branch') throw new Problem(403, '支部不能发出或撤回提醒')
  if (!isCaller && by === 'county') throw new Problem(403, '签收和整改由支部或乡镇党委办理')
  if (act === 'remind' && stage === 'rectified') throw new Problem(409, '已报整改,等待事实销号')
  if (act === 'withdraw' && (stage !== 'reminded' || remindedBy !== by))
    throw new Problem(409, '没有可撤回的提醒:只能撤回本级发出、尚未签收的最后一次')
  if (act === 'acknowledge' && stage !== 'reminded') throw new Problem(409, '没有待签收的提醒')
  if (act === 'rectify' && stage !== 'reminded' && stage !== 'acknowledged')
    throw new Problem(409, '没有待整改的提醒')
}

/** Throws `Problem`, see `refuse`. */
export function eventOf(
  warning: Warning,
  { act, by, county, nowMs }: { act: Act; by: Level; county: string; nowMs: number },
): Event {
  refuse(warning, act, by)
  const { rule, organization: subject } = warning
  const time = toInstant(nowMs)
  const about = { source: 'relay', rev: 1, subject, county, time } as const
  const caller = by === 'county' ? by : 'township'
  const id = `${act}-${crypto.randomUUID()}`
  switch (act) {
    case 'remind':
      return {
        ...about,
        id: reminderId(warning.id, by, time),
        kind: 'warning.reminded',
        data: { rule, by: caller },
      }
    case 'withdraw':
      return {
        ...about,
        id,
        retracts: reminderId(warning.id, by, warning.remindedAt ?? ''),
        kind: 'warning.reminded',
        data: { rule, by: caller },
      }
    case 'acknowledge':
      return { ...about, id, kind: 'warning.acknowledged', data: { rule, by } }
    case 'rectify':
      return { ...about, id, kind: 'warning.rectified', data: { rule, by } }
  }
}
