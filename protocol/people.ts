/** Who may do what, and what the pages ask and are told about people: JSON under /v1/me, /v1/people and /v1/audit. */
import { Type, type Static } from 'typebox'
import { everywhere, isCounty, within } from './division.ts'
import { Instant, oneOf, strict, Text } from './fields.ts'
import { Scope } from './screens.ts'

/** What somebody may look at, and what somebody may do. */
export const rights = [
  /** Platforms with their rates, refused events and connectors. */
  'platforms',
  'keys',
  'roster',
  'rules',
  'cameras',
  /** Signing for a camera, so that the public may see it. */
  'clearances',
  'pins',
  'screens',
  /** Letting screens in, setting and ending them. */
  'fleet',
  /** Sending urgent notices to screens, and ending them. */
  'notices',
  /** Reminding of warnings, and answering for those of the own part of the tree. */
  'handling',
  'people',
  /** Making accounts, changing and suspending them. */
  'accounts',
  'audit',
] as const
export type Right = (typeof rights)[number]

/** 县委组织部, 乡镇党委, 党支部, 运维, 审计. */
export const roles = ['county', 'township', 'branch', 'operator', 'auditor'] as const
export type Role = (typeof roles)[number]

/** These concern the whole relay: a part of the tree has none of them. */
const whole: readonly Right[] = ['platforms', 'keys', 'audit']
const rightsByRole: Readonly<Record<Role, readonly Right[]>> = {
  county: rights,
  township: ['screens', 'fleet', 'notices', 'handling', 'people', 'accounts'],
  branch: ['handling'],
  operator: ['platforms', 'keys', 'roster', 'rules', 'cameras', 'pins', 'screens', 'fleet'],
  auditor: ['platforms', 'rules', 'cameras', 'screens', 'people', 'audit'],
}

export interface Post {
  readonly role: Role
  readonly scope: string
}

export function rightsOf({ role, scope }: Post): readonly Right[] {
  const own = rightsByRole[role]
  return scope === everywhere ? own : own.filter((right) => !whole.includes(right))
}

/** A sentence where a role cannot stand at such a place; undefined where it can. */
export function mistakeInPost({ role, scope }: Post): string | undefined {
  switch (role) {
    case 'county':
      return scope.length === 6 ? undefined : '县委组织部账号的范围应为 6 位区划代码'
    case 'township':
      return scope.length === 9 ? undefined : '乡镇党委账号的范围应为 9 位乡镇代码'
    case 'branch':
      return scope.length === 12 || (scope.length === 6 && isCounty(scope) && scope !== everywhere)
        ? undefined
        : '党支部账号的范围应为 12 位村代码,县直支部为县代码'
    case 'operator':
    case 'auditor':
      return scope.length === 6 ? undefined : '运维和审计账号的范围应为 6 位区划代码'
  }
}

/** Whether somebody may make, change or suspend an account of such a post: it reaches no farther than the own one. */
export function mayGive(own: Post, given: Post): boolean {
  const held = rightsOf(own)
  return (
    held.includes('accounts') &&
    within(given.scope, own.scope) &&
    rightsOf(given).every((right) => held.includes(right))
  )
}

/** Signs in with it; small letters, so that nobody is mistaken for somebody else. */
export const AccountName = Type.String({ pattern: '^[a-z][a-z0-9._-]{2,31}$' })
const Password = Type.String({ minLength: 1, maxLength: 128 })
/** 256 bits in base64url, used once. */
const Ticket = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
const TotpCode = Type.String({ pattern: '^\\d{6}$' })
const RoleName = oneOf(...roles)

const post = { role: RoleName, scope: Scope }
export const Account = Type.Object(
  {
    name: AccountName,
    /** What the person is called. */
    title: Text(40),
    ...post,
    /** `invited` has not chosen a password yet. */
    state: oneOf('invited', 'active', 'suspended'),
    hasTotp: Type.Boolean(),
    madeAt: Instant,
    lastSignInAt: Type.Union([Instant, Type.Null()]),
  },
  strict,
)
export type Account = Static<typeof Account>

/** GET /v1/me. */
export const Me = Type.Object(
  {
    /** Null where nobody is signed in. */
    me: Type.Union([
      Type.Object(
        {
          /** Null with the operator's token, which is nobody's own. */
          account: Type.Union([Account, Type.Null()]),
          rights: Type.Array(oneOf(...rights)),
          /** Division of the relay's own wall. */
          home: Type.String({ pattern: '^\\d{6}$' }),
        },
        strict,
      ),
      Type.Null(),
    ]),
    /** False before the first account was made. */
    hasAccounts: Type.Boolean(),
  },
  strict,
)
export type Me = Static<typeof Me>

/** POST /v1/me/sign-in. */
export const SignIn = Type.Object(
  { name: Type.String({ maxLength: 64 }), password: Password, code: Type.Optional(TotpCode) },
  strict,
)
/** The answer: signed in by a cookie, or the password holds and a code is asked for. */
export const SignedIn = Type.Object({ state: oneOf('in', 'code') }, strict)

/** POST /v1/me/password. */
export const ChangePassword = Type.Object({ current: Password, next: Password }, strict)
/** The answer to POST /v1/me/totp: what an authenticator takes, by typing or as a QR code. */
export const TotpOffer = Type.Object({ secret: Type.String(), uri: Type.String() }, strict)
/** POST /v1/me/totp/confirm. */
export const TotpConfirm = Type.Object({ code: TotpCode }, strict)
/** POST /v1/me/totp/remove. */
export const TotpRemove = Type.Object({ password: Password }, strict)

/** POST /v1/invitations/look. */
export const LookInvitation = Type.Object({ ticket: Ticket }, strict)
/** Whom a link is for; null for the first account, which names itself. */
export const Invitation = Type.Object(
  {
    account: Type.Union([
      Type.Object({ name: AccountName, title: Text(40), ...post }, strict),
      Type.Null(),
    ]),
  },
  strict,
)
export type Invitation = Static<typeof Invitation>
/** POST /v1/invitations/accept; `first` with the link that the relay printed. */
export const AcceptInvitation = Type.Object(
  {
    ticket: Ticket,
    password: Password,
    first: Type.Optional(Type.Object({ name: AccountName, title: Text(40) }, strict)),
  },
  strict,
)

export const People = Type.Object({ at: Instant, accounts: Type.Array(Account) }, strict)
export type People = Static<typeof People>
/** POST /v1/people. */
export const MakeAccount = Type.Object({ name: AccountName, title: Text(40), ...post }, strict)
export type MakeAccount = Static<typeof MakeAccount>
/** POST /v1/people/NAME. */
export const ChangeAccount = Type.Object({ title: Text(40), ...post }, strict)
export type ChangeAccount = Static<typeof ChangeAccount>
/** `ticket` goes into the link `/console#/invitation/TICKET`; it is in this one answer and never again. */
export const Invited = Type.Object({ account: Account, ticket: Ticket, until: Instant }, strict)
export type Invited = Static<typeof Invited>

/** GET /v1/audit/2026-06: the newest first. */
export const AuditPage = Type.Object(
  {
    at: Instant,
    /** Months that there are lines of, the newest first. */
    months: Type.Array(Type.String({ pattern: '^\\d{4}-\\d{2}$' })),
    lines: Type.Array(
      Type.Object(
        { at: Instant, act: Type.String(), by: Type.String(), about: Type.String() },
        strict,
      ),
    ),
    /** How many lines of the month match what was asked for. */
    total: Type.Integer({ minimum: 0 }),
  },
  strict,
)
export type AuditPage = Static<typeof AuditPage>
