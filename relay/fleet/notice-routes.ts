/** Urgent notices: who sends one to whom, how many screens show it, and its end. */
import type { Express, Request } from 'express'
import { SendNotice, type SentNotice } from '../../protocol/fleet.ts'
import { toInstant } from '../../protocol/time.ts'
import type { Audit } from '../audit.ts'
import { createBodies } from '../http/guard.ts'
import { Problem } from '../http/problem.ts'
import { cleanText } from '../http/text.ts'
import type { Guard } from '../people/guard.ts'
import type { Person } from '../people/person.ts'
import { isFor, type Seat } from './desk.ts'
import { mayTell, whomOf } from './target.ts'
import type { Announcer } from './announce.ts'
import type { Kept, NoticeStore } from './notices.ts'
import type { ScreenStore } from './store.ts'

interface Options {
  readonly audit: Audit
  readonly guard: Guard
  readonly screens: ScreenStore
  readonly notices: NoticeStore
  readonly announcer: Announcer
  readonly now: () => number
}

export function serveNotices(app: Express, options: Options): void {
  const { audit, guard, screens, notices, announcer, now } = options
  const bodies = createBodies()

  const seatsOfAll = (): readonly Seat[] =>
    screens
      .list()
      .filter(({ pairedAt }) => pairedAt !== null)
      .map(({ config: { id, scope } }) => ({ screen: id, place: scope }))
  function shown(kept: Kept, seats: readonly Seat[] = seatsOfAll()): SentNotice {
    const { id, asked, by, sinceMs, untilMs, seen, others } = kept
    const { title, text, from, target } = asked
    return {
      id,
      title,
      text,
      from,
      target,
      since: toInstant(sinceMs),
      until: toInstant(untilMs),
      by,
      isOn: notices.isOn(kept),
      screens: seats.filter((seat) => isFor(target, seat)).length,
      seen: [...seen].map(([screen, atMs]) => ({ id: screen, at: toInstant(atMs) })),
      others,
    }
  }
  const mayKnow = (person: Person, { asked }: Kept): boolean =>
    mayTell(person, asked.target, screens)
  function found(req: Request, person: Person): Kept {
    const id = String(req.params['id'])
    const kept = notices.get(id)
    if (kept === undefined || !mayKnow(person, kept))
      throw new Problem(404, `没有编号为 "${id.slice(0, 64)}" 的通知`)
    return kept
  }

  app.get(
    '/v1/notices',
    guard('screens', (_req, res, person) => {
      const seats = seatsOfAll()
      const known = notices.list().filter((kept) => mayKnow(person, kept))
      return res.json({
        at: toInstant(now()),
        notices: known.map((kept) => shown(kept, seats)),
      })
    }),
  )

  app.post(
    '/v1/notices',
    guard('notices', async (req, res, person) => {
      const body = await bodies.json(
        req,
        SendNotice,
        'title 为 1–30 字,text 为 1–200 字,from 为 1–40 字的单位,minutes 为 1–720,target 为全部、一处或一块屏幕',
      )
      const [title, text, from] = [body.title, body.text, body.from].map(cleanText)
      if (!title || !text || !from) throw new Problem(422, '标题、正文和单位都不能为空')
      const asked = { ...body, title, text, from }
      if (!mayTell(person, asked.target, screens))
        throw new Problem(404, '没有这个范围或屏幕,或不归您的账号管辖')
      const whom = whomOf(asked.target)
      if (notices.isFull()) throw new Problem(422, '同时有效的通知至多 8 条:请先结束一条')
      audit.record('notice.sent', person.by, `"${title}" to ${whom}, ${asked.minutes} minutes`)
      const kept = notices.put(asked, person.by)
      announcer.announce()
      return res.status(201).json(shown(kept))
    }),
  )

  app.post(
    '/v1/notices/:id/end',
    guard('notices', (req, res, person) => {
      const kept = found(req, person)
      if (!notices.isOn(kept)) throw new Problem(422, '这条通知已经结束')
      audit.record('notice.ended', person.by, `${kept.id} "${kept.asked.title}"`)
      notices.end(kept.id)
      announcer.announce()
      return res.json(shown(notices.get(kept.id) ?? kept))
    }),
  )
}
