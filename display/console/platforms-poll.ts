import { useCallback } from 'react'
import { ConsolePlatforms } from '../../protocol/console.ts'
import { ask } from './ask.ts'
import { usePoll, type Polled } from './poll.ts'
import { useSession } from './session.ts'

export function usePlatforms(): Polled<ConsolePlatforms> {
  const { token } = useSession()
  const question = useCallback(() => ask(token, ConsolePlatforms, '/v1/console/platforms'), [token])
  return usePoll(question)
}
