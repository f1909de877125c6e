/** Asks before what cannot be taken back. Escape and 取消 go back to the button that asked. */
import { useLayoutEffect, useRef, type ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly children: ReactNode
  readonly act: string
  readonly onAct: () => void
  readonly onClose: () => void
}

export function Confirm({ title, children, act, onAct, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(function openOverAll() {
    const element = dialog.current
    element?.showModal()
    // Closed before it leaves the page, it gives the focus back to what had it.
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="confirm-title"
      aria-describedby="confirm-what"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id="confirm-title">{title}</h2>
      <div id="confirm-what">{children}</div>
      <div className="acts">
        <button autoFocus onClick={onClose}>
          取消
        </button>
        <button className="grave" onClick={onAct}>
          {act}
        </button>
      </div>
    </dialog>
  )
}
