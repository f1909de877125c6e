/** Asks for what an act needs before it is done. Escape and 取消 go back to the button that asked. */
import { useLayoutEffect, useRef, type ReactNode } from 'react'

interface Props {
  readonly title: string
  /** The fields; the first of them has the focus. */
  readonly children: ReactNode
  readonly act: string
  readonly isGrave?: boolean
  readonly onAct: () => void
  readonly onClose: () => void
}

export function FormDialog({ title, children, act, isGrave = false, onAct, onClose }: Props) {
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
      aria-labelledby="form-title"
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <h2 id="form-title">{title}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onAct()
        }}
      >
        <div className="fields">{children}</div>
        <div className="acts">
          <button type="button" onClick={onClose}>
            取消
          </button>
          <button type="submit" className={isGrave ? 'grave' : 'main'}>
            {act}
          </button>
        </div>
      </form>
    </dialog>
  )
}
