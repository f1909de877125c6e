/** A band at the edge of one screen or several, for a minute. */
import { useState } from 'react'
import { FormDialog } from '../FormDialog.tsx'

interface Props {
  /** Whom, in words. */
  readonly to: string
  readonly onAct: (text: string) => void
  readonly onClose: () => void
}

export function Message({ to, onAct, onClose }: Props) {
  const [text, setText] = useState('')
  return (
    <FormDialog
      title={`给 ${to} 发消息`}
      act="显示一分钟"
      onAct={() => onAct(text.trim())}
      onClose={onClose}
    >
      <label className="field">
        消息
        <input
          required
          autoFocus
          maxLength={80}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
    </FormDialog>
  )
}
