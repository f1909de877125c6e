/** Signing in: name and password, then a code where the account has an authenticator; whoever guesses is locked out. */
import type { Audit } from '../audit.ts'
import { createLockout } from '../http/lockout.ts'
import { Problem } from '../http/problem.ts'
import { isPassword } from './password.ts'
import type { Sessions } from './sessions.ts'
import type { PeopleStore } from './store.ts'
import { totpStep } from './totp.ts'

/** Wrong tries of one address at any accounts: a whole office may stand behind one. */
const addressTries = 30
/** Each guess costs 32 MB: more at once are asked to wait. */
const atOnce = 4

interface Options {
  readonly people: PeopleStore
  readonly sessions: Sessions
  readonly audit: Audit
  readonly now: () => number
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
}
interface Asked {
  readonly name: string
  readonly password: string
  readonly code?: string
}

export interface SignInDesk {
  /** `word` is for the cookie; null where the password holds and a code is asked for. Throws `Problem` 401, 429 or 503. */
  signIn(asked: Asked, address: string): Promise<{ readonly word: string | null }>
  /** Whether it is the password of an account, with the same lock-out. Throws `Problem` 422, 429 or 503. */
  confirm(name: string, password: string, address: string): Promise<void>
}

export function createSignIn({ people, sessions, audit, now, clock }: Options): SignInDesk {
  const byName = createLockout(clock)
  const byAddress = createLockout(clock, addressTries)
  let running = 0

  function refuseLocked(name: string, address: string): void {
    const seconds = Math.max(byName.lockedSeconds(name), byAddress.lockedSeconds(address))
    if (seconds > 0)
      throw new Problem(429, `连错次数过多,已锁定,请 ${Math.ceil(seconds / 60)} 分钟后再试`, {
        retryAfterSeconds: seconds,
      })
  }

  function miss(name: string, address: string, what: string): void {
    byAddress.miss(address)
    const tries = byName.miss(name)
    const isLocked = byName.isLocked(name) || byAddress.isLocked(address)
    // What was typed for a name may be a password: only names of accounts are written down.
    const whom = people.get(name) === undefined ? 'no such account' : `account ${name}`
    const act = isLocked ? 'person.locked' : 'person.refused'
    audit.record(act, address, `${whom}, ${what}, try ${tries}`)
  }

  async function holds(password: string, kept: string | null): Promise<boolean> {
    if (running >= atOnce)
      throw new Problem(503, '同时登录的人太多,请稍后再试', { retryAfterSeconds: 2 })
    running += 1
    try {
      return await isPassword(password, kept)
    } finally {
      running -= 1
    }
  }

  return {
    async signIn({ name, password, code }, address) {
      refuseLocked(name, address)
      const secrets = people.secretsOf(name)
      const isRight = await holds(password, secrets?.password ?? null)
      // Whoever tried many at once is locked out by the first five.
      refuseLocked(name, address)
      const wrong = '账号或密码不对;连错 5 次将锁定 15 分钟'
      if (secrets === undefined || !isRight || people.get(name)?.state !== 'active') {
        miss(name, address, 'wrong password')
        throw new Problem(401, wrong)
      }
      let step = secrets.totpStep
      if (secrets.totp !== null) {
        if (code === undefined) return { word: null }
        const used = totpStep(secrets.totp, code, now(), people.secretsOf(name)?.totpStep ?? step)
        if (used === undefined) {
          miss(name, address, 'wrong code')
          throw new Problem(401, '验证码不对或已用过:请等验证器显示下一个')
        }
        step = used
      }
      audit.record('person.signed-in', `account ${name} at ${address}`, `account ${name}`)
      people.signedIn(name, step)
      byName.forgive(name)
      return { word: sessions.begin(name) }
    },
    async confirm(name, password, address) {
      refuseLocked(name, address)
      if (await holds(password, people.secretsOf(name)?.password ?? null)) {
        byName.forgive(name)
        return
      }
      miss(name, address, 'wrong password')
      throw new Problem(422, '当前密码不对')
    },
  }
}
