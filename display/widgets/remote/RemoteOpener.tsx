/** The way to the panel for phones: seen where somebody points at the header, or while phones steer the wall. */
import { useStore } from 'zustand'
import type { Remote } from '../../director/remote.ts'
import './remote-opener.css'

interface Props {
  readonly remote: Remote
  readonly onOpen: () => void
}

export function RemoteOpener({ remote, onOpen }: Props) {
  const on = useStore(
    remote.store,
    ({ desk }) => desk?.phones.filter(({ isOn }) => isOn).length ?? 0,
  )
  return (
    <button
      type="button"
      className={on > 0 ? 'to-remote is-on' : 'to-remote'}
      data-testid="to-remote"
      onClick={onOpen}
    >
      遥控 {on > 0 ? <b className="fig">{on}</b> : <kbd>R</kbd>}
    </button>
  )
}
