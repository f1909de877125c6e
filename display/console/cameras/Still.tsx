/** A still, fetched with the operator's token once its row comes into sight. */
import { useEffect, useRef, useState } from 'react'
import { send } from '../ask.ts'
import { useSession } from '../session.ts'

export function Still({ url, of }: { readonly url: string | undefined; readonly of: string }) {
  const { token } = useSession()
  const place = useRef<HTMLDivElement>(null)
  const [isSeen, setSeen] = useState(false)
  const [shown, setShown] = useState<string>()
  useEffect(function waitForSight() {
    const element = place.current
    if (element === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
      },
      { rootMargin: '200px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(
    function fetchStill() {
      if (!isSeen || url === undefined) return
      let made: string | undefined
      let isGone = false
      void send(token, url)
        .then((answer) => (answer instanceof Response ? answer.blob() : undefined))
        .then((blob) => {
          if (isGone || blob === undefined) return
          made = URL.createObjectURL(blob)
          setShown(made)
        })
      return () => {
        isGone = true
        if (made !== undefined) URL.revokeObjectURL(made)
      }
    },
    [isSeen, url, token],
  )
  return (
    <div ref={place} className="still">
      {shown === undefined ? (
        <span className="faint">{url === undefined ? '尚无' : '…'}</span>
      ) : (
        <img src={shown} alt={`${of} 最近画面`} />
      )}
    </div>
  )
}
