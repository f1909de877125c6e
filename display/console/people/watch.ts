/** Asks now and then whether somebody is still signed in: a page that asks for nothing else would not hear of the end. */
import { useCallback } from 'react'
import { Me } from '../../../protocol/people.ts'
import { ask, type Answer } from '../ask.ts'
import { usePoll } from '../poll.ts'
import { useSession } from '../session.ts'

export function useSessionWatch(): void {
  const { token } = useSession()
  const question = useCallback(async (): Promise<Answer<Me>> => {
    const answer = await ask(token, Me, '/v1/me', { isPassive: true })
    if (answer.kind !== 'ok' || answer.value.me !== null) return answer
    return { kind: 'out', sentence: '登录已结束:久无操作,或账号已更改、停用。请重新登录。' }
  }, [token])
  usePoll(question)
}
