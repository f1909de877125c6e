/** What a question about a board names: a scope and moments of the past. Undefined, and answered, where it is neither. */
import type { Request, Response } from 'express'
import { instantMs, isRealDate } from '../../protocol/time.ts'
import type { Hub } from '../hub.ts'
import { problem } from './answer.ts'

const instant = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d{2}:\d{2})?$/

export function scopeOf(hub: Hub, req: Request, res: Response): string | undefined {
  const { scope } = req.params
  const scopes = hub.scopes()
  if (typeof scope === 'string' && scopes.includes(scope)) return scope
  const more = scopes.length > 12 ? ` and ${scopes.length - 12} more` : ''
  problem(res, 404, 'No such scope', `This relay knows ${scopes.slice(0, 12).join(', ')}${more}.`)
  return undefined
}

/** `name` is the query's word for it. */
export function pastMsOf(
  asked: unknown,
  name: string,
  nowMs: number,
  res: Response,
): number | undefined {
  const at = typeof asked === 'string' ? readInstant(asked.replace(' ', '+')) : undefined
  if (at === undefined) {
    const detail = `Give \`${name}\` as a real date and time, such as 2026-06-18T09:30:00+08:00.`
    problem(res, 400, 'Unreadable time', detail)
    return undefined
  }
  if (instantMs(at) > nowMs) {
    problem(res, 400, 'Time in the future', `Give \`${name}\` as a moment that has passed.`)
    return undefined
  }
  return instantMs(at)
}

/** Local time (Asia/Shanghai) where it carries no offset. */
function readInstant(text: string): string | undefined {
  const match = instant.exec(text)
  if (match === null || !isRealDate(match[1] ?? '')) return undefined
  const withSeconds = match[3] === undefined ? text.replace(/(T\d{2}:\d{2})/, '$1:00') : text
  return match[4] === undefined ? `${withSeconds}+08:00` : withSeconds
}
