/** What keys and touches do at a wall. */
import { useEffect, useEffectEvent } from 'react'

/**
 * `press` does what a key asks for, and is false where that is nothing of its own. With Alt, Ctrl or Meta a key is the browser's.
 * `isFirst`: before whatever lies beneath, which hears it all the same unless the event is stopped.
 */
export function useKeys(press: (event: KeyboardEvent) => boolean, isFirst = false): void {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (press(event)) event.preventDefault()
  })
  useEffect(
    function followKeys() {
      const listen = (event: KeyboardEvent) => hear(event)
      addEventListener('keydown', listen, { capture: isFirst })
      return () => removeEventListener('keydown', listen, { capture: isFirst })
    },
    [isFirst],
  )
}

/** Somebody is there: any key and any touch, whatever else it does. */
export function useTouch(touch: () => void): void {
  const hear = useEffectEvent(touch)
  useEffect(function followTouch() {
    const listen = () => hear()
    addEventListener('pointerdown', listen, { capture: true })
    addEventListener('keydown', listen, { capture: true })
    return () => {
      removeEventListener('pointerdown', listen, { capture: true })
      removeEventListener('keydown', listen, { capture: true })
    }
  }, [])
}
