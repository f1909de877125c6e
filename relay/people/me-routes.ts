/** The doors of whoever signs in: open to everybody until then. Answers in Chinese, as its reader is at a page. */
import type { Express, Request } from 'express'
import { everywhere } from '../../protocol/division.ts'
import {
  AcceptInvitation,
  ChangePassword,
  LookInvitation,
  SignIn,
  TotpConfirm,
  TotpRemove,
  type Invitation,
  type Me,
} from '../../protocol/people.ts'
import type { Audit } from '../audit.ts'
import { addressOf, personCookie, type Access } from '../http/access.ts'
import { cookieFor } from '../http/cookies.ts'
import { answering, createBodies } from '../http/guard.ts'
import { Problem } from '../http/problem.ts'
import { cleanText } from '../http/text.ts'
import type { FirstLink } from './first-link.ts'
import type { Guard } from './guard.ts'
import { hashPassword, weakness } from './password.ts'
import type { Person } from './person.ts'
import { longestMs, type Sessions } from './sessions.ts'
import type { SignInDesk } from './sign-in.ts'
import type { PeopleStore } from './store.ts'
import { newTotpSecret, totpStep, totpUri } from './totp.ts'

export interface PeopleParts {
  readonly people: PeopleStore
  readonly sessions: Sessions
  readonly desk: SignInDesk
  readonly firstLink: FirstLink
}
interface Options extends PeopleParts {
  readonly access: Access
  readonly audit: Audit
  readonly guard: Guard
  readonly home: string
  readonly now: () => number
}

export function serveMe(app: Express, options: Options): void {
  const { people, sessions, desk, firstLink, access, audit, guard, now } = options
  const bodies = createBodies()
  /** Secrets that an authenticator may have read, by account, until a code of it proves that. */
  const offered = new Map<string, string>()

  function accountOf({ account }: Person) {
    if (account === null) throw new Problem(422, '管理员令牌不是账号:请用自己的账号登录')
    return account
  }
  function strong(password: string, name: string): void {
    const weak = weakness(password, name)
    if (weak !== undefined) throw new Problem(422, weak)
  }
  function begun(req: Request, word: string): string {
    return cookieFor(req, personCookie, word, longestMs / 1_000)
  }

  app.get(
    '/v1/me',
    answering((req, res) => {
      const person = access.personOf(req)
      const answer: Me = {
        me:
          person === undefined
            ? null
            : { account: person.account, rights: [...person.rights], home: options.home },
        hasAccounts: people.list().length > 0,
      }
      res.json(answer)
    }),
  )

  app.post(
    '/v1/me/sign-in',
    answering(async (req, res) => {
      const asked = await bodies.json(req, SignIn, '只收 name、password 和 6 位数字的 code')
      const { word } = await desk.signIn(asked, addressOf(req))
      if (word !== null) res.append('set-cookie', begun(req, word))
      res.json({ state: word === null ? 'code' : 'in' })
    }),
  )

  app.post(
    '/v1/me/sign-out',
    answering((req, res) => {
      const person = access.personOf(req)
      const word = access.sessionOf(req)
      if (person !== undefined && word !== undefined) {
        audit.record('person.signed-out', person.by, `account ${person.account?.name ?? ''}`)
        sessions.end(word)
      }
      res.append('set-cookie', cookieFor(req, personCookie, '', 0))
      res.json({})
    }),
  )

  app.post(
    '/v1/me/password',
    guard(null, async (req, res, person) => {
      const { name } = accountOf(person)
      const asked = await bodies.json(req, ChangePassword, '只收 current 和 next 两项')
      await desk.confirm(name, asked.current, addressOf(req))
      strong(asked.next, name)
      const hash = await hashPassword(asked.next)
      audit.record('password.changed', person.by, `account ${name}`)
      people.setPassword(name, hash)
      sessions.endAll(name, access.sessionOf(req))
      res.json({})
    }),
  )

  app.post(
    '/v1/me/totp',
    guard(null, (_req, res, person) => {
      const { name, hasTotp } = accountOf(person)
      if (hasTotp) throw new Problem(422, '已有验证器:换手机前请先停用')
      const secret = newTotpSecret()
      offered.set(name, secret)
      res.json({ secret, uri: totpUri(secret, name) })
    }),
  )

  app.post(
    '/v1/me/totp/confirm',
    guard(null, async (req, res, person) => {
      const { name } = accountOf(person)
      const { code } = await bodies.json(req, TotpConfirm, 'code 应为 6 位数字')
      const secret = offered.get(name)
      const step = secret === undefined ? undefined : totpStep(secret, code, now(), 0)
      if (secret === undefined || step === undefined)
        throw new Problem(422, '验证码不对:请核对手机时间,输入现在显示的 6 位数字')
      audit.record('totp.added', person.by, `account ${name}`)
      people.setTotp(name, secret, step)
      offered.delete(name)
      res.json({})
    }),
  )

  app.post(
    '/v1/me/totp/remove',
    guard(null, async (req, res, person) => {
      const { name } = accountOf(person)
      const { password } = await bodies.json(req, TotpRemove, '只收 password 一项')
      await desk.confirm(name, password, addressOf(req))
      audit.record('totp.removed', person.by, `account ${name}`)
      people.setTotp(name, null, 0)
      res.json({})
    }),
  )

  function invited(ticket: string): Invitation {
    if (firstLink.isOpen(ticket)) return { account: null }
    const account = people.invited(ticket)
    if (account === undefined)
      throw new Problem(404, '这个链接已用过或已过期:请向发给您的人再要一个')
    const { name, title, role, scope } = account
    return { account: { name, title, role, scope } }
  }

  app.post(
    '/v1/invitations/look',
    answering(async (req, res) => {
      const { ticket } = await bodies.json(req, LookInvitation, '只收 ticket 一项')
      res.json(invited(ticket))
    }),
  )

  app.post(
    '/v1/invitations/accept',
    answering(async (req, res) => {
      const asked = await bodies.json(
        req,
        AcceptInvitation,
        '账号名应为小写字母开头的 3–32 位小写字母、数字、点、下划线或 -,姓名 1–40 字',
      )
      const { account } = invited(asked.ticket)
      const name = account?.name ?? asked.first?.name
      const title = cleanText(account?.title ?? asked.first?.title ?? '')
      if (name === undefined || title === '') throw new Problem(422, '请填写账号名和姓名')
      strong(asked.password, name)
      const hash = await hashPassword(asked.password)
      // Looked at again: two may have opened the same link.
      const isFirst = invited(asked.ticket).account === null
      audit.record('account.accepted', `account ${name} at ${addressOf(req)}`, `account ${name}`)
      if (isFirst) {
        people.add({ name, title, role: 'county', scope: everywhere })
        firstLink.close()
      }
      people.setPassword(name, hash)
      sessions.endAll(name)
      people.signedIn(name, 0)
      res.append('set-cookie', begun(req, sessions.begin(name)))
      res.status(201).json({})
    }),
  )
}
