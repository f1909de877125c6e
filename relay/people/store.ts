/** The accounts that were ever made: DATA_DIR/people.sqlite. Passwords are kept as scrypt has them, tickets as their SHA-256. */
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { Account, type ChangeAccount, type MakeAccount } from '../../protocol/people.ts'
import { toInstant } from '../../protocol/time.ts'
import { hashOf, secretOf } from '../fleet/store.ts'
import { translating } from '../journal/connection.ts'
import { openTables } from '../tables.ts'

const ticketMs = 72 * 3_600_000

interface Kept {
  readonly account: Account
  readonly password: string | null
  readonly totp: string | null
  /** Of the last code that was used. */
  readonly totpStep: number
  readonly ticket: string | null
  readonly ticketUntilMs: number
}

export type Secrets = Pick<Kept, 'password' | 'totp' | 'totpStep'>
export interface Ticket {
  readonly ticket: string
  readonly untilMs: number
}

/** No account is ever deleted, so that a name in the audit always means the same person. */
export interface PeopleStore {
  /** By name. */
  list(): readonly Account[]
  get(name: string): Account | undefined
  secretsOf(name: string): Secrets | undefined
  /** Undefined where the name is taken. */
  add(made: MakeAccount): (Ticket & { readonly account: Account }) | undefined
  change(name: string, changed: ChangeAccount): void
  suspend(name: string, isSuspended: boolean): void
  /** A new link; password and authenticator count no longer. */
  invite(name: string): Ticket
  /** The account whose ticket it is, while it counts. */
  invited(ticket: string): Account | undefined
  /** The ticket is used up. */
  setPassword(name: string, password: string): void
  setTotp(name: string, secret: string | null, step: number): void
  signedIn(name: string, step: number): void
  close(): void
}

const tables = [
  `CREATE TABLE people (
  name TEXT PRIMARY KEY, account TEXT NOT NULL, password TEXT, totp TEXT, totp_step INTEGER NOT NULL,
  ticket TEXT, ticket_until INTEGER NOT NULL
) STRICT`,
]

/** `now`: milliseconds of the relay's clock. Throws `JournalFull` where the disk is full. */
export function openPeople(dataDir: string, now: () => number): PeopleStore {
  const db = openTables(join(dataDir, 'people.sqlite'), tables)
  const write = db.prepare('INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?, ?, ?, ?)')
  const people = new Map<string, Kept>()
  for (const row of db.prepare('SELECT * FROM people ORDER BY name').all()) {
    const account: unknown = JSON.parse(String(row['account']))
    const text = (column: string) => (row[column] === null ? null : String(row[column]))
    if (!Value.Check(Account, account))
      throw new Error(`people.sqlite, ${String(row['name'])}: the account cannot be read`)
    people.set(account.name, {
      account,
      password: text('password'),
      totp: text('totp'),
      totpStep: Number(row['totp_step']),
      ticket: text('ticket'),
      ticketUntilMs: Number(row['ticket_until']),
    })
  }

  function put(kept: Kept): void {
    const { account, password, totp, totpStep, ticket, ticketUntilMs } = kept
    const text = JSON.stringify(account)
    translating(() =>
      write.run(account.name, text, password, totp, totpStep, ticket, ticketUntilMs),
    )
    people.set(account.name, kept)
  }
  function edit(name: string, by: (kept: Kept) => Partial<Kept>): void {
    const kept = people.get(name)
    if (kept === undefined) throw new Error(`there is no account ${name}`)
    put({ ...kept, ...by(kept) })
  }
  function newTicket() {
    const ticket = secretOf()
    const untilMs = now() + ticketMs
    return { told: { ticket, untilMs }, kept: { ticket: hashOf(ticket), ticketUntilMs: untilMs } }
  }

  return {
    list: () =>
      [...people.values()]
        .map(({ account }) => account)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    get: (name) => people.get(name)?.account,
    secretsOf: (name) => people.get(name),
    add(made) {
      if (people.has(made.name)) return undefined
      const { told, kept } = newTicket()
      const madeAt = toInstant(now())
      const state = 'invited' as const
      const account = { ...made, state, hasTotp: false, madeAt, lastSignInAt: null }
      put({ account, password: null, totp: null, totpStep: 0, ...kept })
      return { ...told, account }
    },
    change: (name, changed) =>
      edit(name, ({ account }) => ({ account: { ...account, ...changed } })),
    suspend: (name, isSuspended) =>
      edit(name, ({ account, password }) => {
        const back = password === null ? 'invited' : 'active'
        return {
          account: { ...account, state: isSuspended ? 'suspended' : back },
          ...(isSuspended ? { ticket: null } : {}),
        }
      }),
    invite(name) {
      const { told, kept } = newTicket()
      edit(name, ({ account }) => ({
        account: { ...account, state: 'invited', hasTotp: false },
        password: null,
        totp: null,
        ...kept,
      }))
      return told
    },
    invited(ticket) {
      const key = hashOf(ticket)
      const found = [...people.values()].find((kept) => kept.ticket === key)
      return found !== undefined && now() < found.ticketUntilMs ? found.account : undefined
    },
    setPassword: (name, password) =>
      edit(name, ({ account }) => ({
        account: { ...account, state: 'active' },
        password,
        ticket: null,
      })),
    setTotp: (name, totp, totpStep) =>
      edit(name, ({ account }) => ({
        account: { ...account, hasTotp: totp !== null },
        totp,
        totpStep,
      })),
    signedIn: (name, totpStep) =>
      edit(name, ({ account }) => ({
        account: { ...account, lastSignInAt: toInstant(now()) },
        totpStep,
      })),
    close: () => db.close(),
  }
}
