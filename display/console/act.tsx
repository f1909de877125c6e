/** What somebody does at a page, and what became of it. */
import { useState } from 'react'
import type { Static, TSchema } from 'typebox'
import { ask } from './ask.ts'
import { useSession } from './session.ts'

export interface Acts {
  /** The relay's answer; undefined where it did not do it. `words` say that it did. */
  post<S extends TSchema>(
    schema: S,
    path: string,
    json?: unknown,
    words?: string,
  ): Promise<Static<S> | undefined>
  /** Why the last one was not done. */
  readonly trouble: string | undefined
  /** What was done last; '' for nothing. */
  readonly done: string
  say(words: string): void
}

/** `after`: what is looked at again after each act. */
export function useActs(after: () => void = () => undefined): Acts {
  const { token, leave } = useSession()
  const [trouble, setTrouble] = useState<string>()
  const [done, say] = useState('')
  return {
    trouble,
    done,
    say,
    async post(schema, path, json, words = '') {
      const answer = await ask(token, schema, path, { method: 'POST', json })
      if (answer.kind === 'out') {
        leave(answer)
        return undefined
      }
      const isDone = answer.kind === 'ok'
      setTrouble(isDone ? undefined : answer.sentence)
      say(isDone ? words : '')
      after()
      return isDone ? answer.value : undefined
    },
  }
}

export function Trouble({ of: sentence }: { readonly of: string | undefined }) {
  if (sentence === undefined) return null
  return (
    <p className="notice bad" role="alert">
      {sentence}
    </p>
  )
}

export function Done({ words }: { readonly words: string }) {
  return (
    <p className={words === '' ? 'unseen' : 'notice good'} role="status">
      {words}
    </p>
  )
}
