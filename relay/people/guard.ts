/** What stands before every door behind which somebody may do or see what not everyone may. */
import type { Request, Response } from 'express'
import type { Right } from '../../protocol/people.ts'
import { answering, type Handler } from '../http/guard.ts'
import type { Access } from '../http/access.ts'
import { Problem } from '../http/problem.ts'
import type { Person } from './person.ts'

type PersonHandler = (req: Request, res: Response, person: Person) => unknown

/** Of whoever is signed in where `right` is null. */
export type Guard = (right: Right | null, handler: PersonHandler) => Handler

export function createGuard(access: Pick<Access, 'personOf'>): Guard {
  return (right, handler) =>
    answering((req, res) => {
      const person = access.personOf(req)
      if (person === undefined)
        throw new Problem(
          401,
          '没有登录,或登录已结束:请登录,或带上 DATA_DIR/operator.token 中的令牌',
        )
      if (right !== null && !person.rights.includes(right))
        throw new Problem(403, '您的账号没有这项权限')
      return handler(req, res, person)
    })
}
