/** Accounts as those see them who answer for them. Whom somebody does not answer for is not there. */
import type { Express, Request } from 'express'
import {
  ChangeAccount,
  MakeAccount,
  mayGive,
  mistakeInPost,
  type Account,
  type Invited,
  type People,
} from '../../protocol/people.ts'
import { toInstant } from '../../protocol/time.ts'
import type { Audit } from '../audit.ts'
import { createBodies } from '../http/guard.ts'
import { Problem } from '../http/problem.ts'
import { cleanText } from '../http/text.ts'
import type { Guard } from './guard.ts'
import type { PeopleParts } from './me-routes.ts'
import { answersFor, type Person } from './person.ts'
import type { Ticket } from './store.ts'

interface Options extends Pick<PeopleParts, 'people' | 'sessions'> {
  readonly audit: Audit
  readonly guard: Guard
  readonly now: () => number
}

export function servePeople(app: Express, options: Options): void {
  const { people, sessions, audit, guard, now } = options
  const bodies = createBodies()

  const shown = (account: Account, { ticket, untilMs }: Ticket): Invited => ({
    account,
    ticket,
    until: toInstant(untilMs),
  })
  function found(req: Request, person: Person): Account {
    const name = String(req.params['name'])
    const account = people.get(name)
    if (account === undefined || !answersFor(person, account.scope))
      throw new Problem(404, `没有名为 "${name.slice(0, 32)}" 的账号`)
    return account
  }
  /** One that the person may change: not the own, and none that reaches farther. */
  function lower(req: Request, person: Person): Account {
    const account = found(req, person)
    if (account.name === person.account?.name)
      throw new Problem(422, '不能停用或更改自己的账号:请由他人操作')
    if (!mayGive(person.post, account)) throw new Problem(403, '这个账号的权限高于您的账号')
    return account
  }
  function checked<T extends ChangeAccount>(asked: T, person: Person): T {
    const title = cleanText(asked.title)
    if (title === '') throw new Problem(422, '姓名不能为空')
    const mistake = mistakeInPost(asked)
    if (mistake !== undefined) throw new Problem(422, mistake)
    if (!answersFor(person, asked.scope)) throw new Problem(404, '这个范围不归您的账号管辖')
    if (!mayGive(person.post, asked)) throw new Problem(403, '不能给出您自己没有的权限')
    return { ...asked, title }
  }
  const about = ({ name, role, scope }: MakeAccount): string => `${name}, ${role} of ${scope}`
  const wrong = (path: string): string =>
    path.startsWith('/name')
      ? '账号名应为小写字母开头的 3–32 位小写字母、数字、点、下划线或 -'
      : `账号不完整或有误:${path || '/'}`

  app.get(
    '/v1/people',
    guard('people', (_req, res, person) => {
      const accounts = people.list().filter(({ scope }) => answersFor(person, scope))
      return res.json({ at: toInstant(now()), accounts } satisfies People)
    }),
  )

  app.post(
    '/v1/people',
    guard('accounts', async (req, res, person) => {
      const asked = checked(await bodies.json(req, MakeAccount, wrong), person)
      if (people.get(asked.name) !== undefined)
        throw new Problem(422, `账号名 ${asked.name} 已被使用`)
      audit.record('account.made', person.by, about(asked))
      const made = people.add(asked)
      if (made === undefined) throw new Problem(422, `账号名 ${asked.name} 已被使用`)
      return res.status(201).json(shown(made.account, made))
    }),
  )

  app.post(
    '/v1/people/:name',
    guard('accounts', async (req, res, person) => {
      const { name } = lower(req, person)
      const asked = checked(await bodies.json(req, ChangeAccount, wrong), person)
      audit.record('account.changed', person.by, about({ name, ...asked }))
      people.change(name, asked)
      // What somebody may do is decided when a session begins to be used: it begins anew.
      sessions.endAll(name)
      return res.json(people.get(name))
    }),
  )

  app.post(
    '/v1/people/:name/suspend',
    guard('accounts', (req, res, person) => {
      const account = lower(req, person)
      audit.record('account.suspended', person.by, about(account))
      people.suspend(account.name, true)
      sessions.endAll(account.name)
      return res.json(people.get(account.name))
    }),
  )

  app.post(
    '/v1/people/:name/resume',
    guard('accounts', (req, res, person) => {
      const account = lower(req, person)
      if (account.state !== 'suspended') throw new Problem(422, `${account.name} 没有停用`)
      audit.record('account.resumed', person.by, about(account))
      people.suspend(account.name, false)
      return res.json(people.get(account.name))
    }),
  )

  app.post(
    '/v1/people/:name/invite',
    guard('accounts', (req, res, person) => {
      const account = lower(req, person)
      if (account.state === 'suspended') throw new Problem(422, `${account.name} 已停用,请先恢复`)
      audit.record('account.invited', person.by, about(account))
      const ticket = people.invite(account.name)
      sessions.endAll(account.name)
      return res.json(shown(people.get(account.name) ?? account, ticket))
    }),
  )
}
