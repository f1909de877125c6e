/** Signing for a camera, or taking that back: nobody does it without a name and a reason. */
import { useState } from 'react'
import type { ConsoleCamera, SignCamera } from '../../../protocol/console-cameras.ts'
import { FormDialog } from '../FormDialog.tsx'

interface Props {
  readonly of: ConsoleCamera
  readonly onAct: (signature: SignCamera) => void
  readonly onClose: () => void
}

export function Sign({ of: { camera, clearance }, onAct, onClose }: Props) {
  const [by, setBy] = useState('')
  const [reason, setReason] = useState('')
  const isOpening = clearance === null
  return (
    <FormDialog
      title={isOpening ? `向公众公开 ${camera.title}?` : `撤回 ${camera.title} 的公开?`}
      act={isOpening ? '签字公开' : '撤回'}
      isGrave
      onAct={() => onAct({ isPublic: isOpening, by, reason })}
      onClose={onClose}
    >
      <p>
        {isOpening
          ? '公开后,村级电视等公众屏可看到它的画面。姓名、理由与时间写入审计。'
          : '一秒内,所有公众屏停止播放。姓名、理由与时间写入审计。'}
      </p>
      <label className="field">
        姓名
        <input
          required
          autoFocus
          maxLength={60}
          value={by}
          onChange={({ target }) => setBy(target.value)}
        />
      </label>
      <label className="field">
        理由
        <input
          required
          maxLength={200}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
    </FormDialog>
  )
}
