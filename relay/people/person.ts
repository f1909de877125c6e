/** Somebody who is at a door: with an account, or with the operator's token, which may do everything. */
import { everywhere, within } from '../../protocol/division.ts'
import { rights, rightsOf, type Account, type Post, type Right } from '../../protocol/people.ts'
import { everywhereAs, thePublic, type Reach } from '../reach.ts'

export interface Person {
  /** Null with the operator's token. */
  readonly account: Account | null
  readonly post: Post
  readonly rights: readonly Right[]
  /** For the audit. */
  readonly by: string
}

export function personOf(account: Account, address: string): Person {
  const { role, scope } = account
  return {
    account,
    post: { role, scope },
    rights: rightsOf(account),
    by: `account ${account.name} at ${address}`,
  }
}

export const operatorAt = (address: string): Person => ({
  account: null,
  post: { role: 'county', scope: everywhere },
  rights,
  by: address,
})

/** Whether a place lies in the part of the tree that somebody answers for. */
export const answersFor = ({ post }: Person, place: string): boolean => within(place, post.scope)

/** As whom somebody sees boards. */
export function reachOfPerson({ account, post: { role, scope } }: Person): Reach {
  if (account === null) return everywhereAs('county')
  switch (role) {
    case 'county':
      return { audience: 'county', code: scope }
    case 'operator':
    case 'auditor':
      return { audience: 'wall', code: scope }
    case 'township':
      return { audience: 'township', code: scope }
    case 'branch':
      return thePublic
  }
}
