/** What the relay tells when it is asked, beside what it sends by itself. */
import { createContext, useContext, useEffect, useRef, useState } from 'react'
import { fetchJson } from '../link.ts'

/** Rejects where the relay does not answer or refuses; the gallery answers for itself. */
export type Ask = (path: string) => Promise<unknown>
const AskContext = createContext<Ask>(fetchJson)
export const AskProvider = AskContext.Provider

export interface Told<T> {
  /** The last good answer to this question; it stays while later ones fail. */
  readonly value: T | null
  readonly isFailing: boolean
}

const soonMs = 15_000
const leastMs = 1_500

/**
 * Asks at once, every quarter of a minute or as seldom as `everyMs` says, and soon after `news` became another object.
 * An answer that is not of the form is none, and asked for again within a quarter of a minute.
 */
export function useTold<T>(
  path: string | null,
  isForm: (value: unknown) => value is T,
  news: unknown = null,
  everyMs = soonMs,
): Told<T> {
  const ask = useContext(AskContext)
  const [held, setHeld] = useState<Told<T> & { readonly path: string | null }>({
    path,
    value: null,
    isFailing: false,
  })
  const askSoon = useRef<() => void>(() => undefined)
  useEffect(
    function askAgainAndAgain() {
      if (path === null) return
      let isGone = false
      let timer: ReturnType<typeof setTimeout> | undefined
      let askedAt = -Infinity
      const put = (value: T | null) =>
        setHeld((before) => ({
          path,
          value: value ?? (before.path === path ? before.value : null),
          isFailing: value === null,
        }))
      const run = async () => {
        clearTimeout(timer)
        askedAt = performance.now()
        // The relay may be restarting: it is asked again, and meanwhile the widget says so.
        const answer = await ask(path).catch(() => null)
        if (isGone) return
        const value = isForm(answer) ? answer : null
        put(value)
        timer = setTimeout(() => void run(), value === null ? soonMs : everyMs)
      }
      askSoon.current = () => {
        clearTimeout(timer)
        timer = setTimeout(() => void run(), Math.max(0, askedAt + leastMs - performance.now()))
      }
      void run()
      return () => {
        isGone = true
        clearTimeout(timer)
        askSoon.current = () => undefined
      }
    },
    [ask, path, isForm, everyMs],
  )
  const seen = useRef(news)
  useEffect(
    function followNews() {
      if (seen.current === news) return
      seen.current = news
      askSoon.current()
    },
    [news],
  )
  return held.path === path ? held : { value: null, isFailing: false }
}
