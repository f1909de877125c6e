/** A question that is asked again every five seconds, with the age of its last answer. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Answer } from './ask.ts'
import { useSession } from './session.ts'

const everyMs = 5_000
export const staleMs = 15_000

export interface Polled<T> {
  /** The last good answer; it stays while later ones fail. */
  readonly value: T | undefined
  readonly atMs: number | undefined
  /** What is wrong now; absent while answers come. */
  readonly trouble: string | undefined
  readonly again: () => void
}

/** `question` has to keep its identity as long as it asks the same. */
export function usePoll<T>(question: () => Promise<Answer<T>>): Polled<T> {
  const { leave } = useSession()
  const [held, setHeld] = useState<Omit<Polled<T>, 'again'>>({
    value: undefined,
    atMs: undefined,
    trouble: undefined,
  })
  const wake = useRef<() => void>(() => undefined)

  useEffect(
    function pollRelay() {
      let isStopped = false
      let timer: ReturnType<typeof setTimeout> | undefined
      let asked = 0
      async function ask(): Promise<void> {
        clearTimeout(timer)
        const mine = ++asked
        const answer = await question()
        if (isStopped || mine !== asked) return
        if (answer.kind === 'out') return leave(answer)
        setHeld((before) =>
          answer.kind === 'ok'
            ? { value: answer.value, atMs: Date.now(), trouble: undefined }
            : { ...before, trouble: answer.sentence },
        )
        timer = setTimeout(() => void ask(), everyMs)
      }
      wake.current = () => void ask()
      void ask()
      return () => {
        isStopped = true
        clearTimeout(timer)
      }
    },
    [question, leave],
  )
  const again = useCallback(() => wake.current(), [])
  return useMemo(() => ({ ...held, again }), [held, again])
}

/** Milliseconds now, once a second: ages on screen go on while nothing is heard. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(function tickSeconds() {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
