import { useCallback } from 'react'
import { ConsolePlatforms } from '../../protocol/console.ts'
import { ask, type Answer } from './ask.ts'
import { usePoll, type Polled } from './poll.ts'
import { useSession } from './session.ts'

/** Never heard by who may not see them. */
const never = new Promise<Answer<ConsolePlatforms>>(() => undefined)

export function usePlatforms(): Polled<ConsolePlatforms> {
  const { token, me } = useSession()
  const may = me.rights.includes('platforms')
  const question = useCallback(
    () => (may ? ask(token, ConsolePlatforms, '/v1/console/platforms') : never),
    [token, may],
  )
  return usePoll(question)
}
