/** Pinning a camera to a wall that is on, or to all of the division, for a while; or letting go of it. */
import { useState } from 'react'
import type { ConsoleCamera, ConsoleWalls, PinCamera } from '../../../protocol/console-cameras.ts'
import { FormDialog } from '../FormDialog.tsx'

interface Props {
  readonly of: ConsoleCamera
  readonly walls: ConsoleWalls
  readonly onAct: (pin: PinCamera) => void
  readonly onClose: () => void
}

export function Pin({ of: { camera }, walls: { walls, pins }, onAct, onClose }: Props) {
  const [target, setTarget] = useState(camera.county)
  const [by, setBy] = useState('')
  const [minutes, setMinutes] = useState(30)
  const isPinned = pins.some((pin) => pin.target === target && pin.camera === camera.id)
  return (
    <FormDialog
      title={isPinned ? `${camera.title} 下墙?` : `${camera.title} 上墙?`}
      act={isPinned ? '下墙' : '上墙'}
      onAct={() => onAct({ target, camera: isPinned ? null : camera.id, by, minutes })}
      onClose={onClose}
    >
      <p>上墙后,大屏的主画面定在这一路,到时自动放开。</p>
      <label className="field">
        大屏
        <select autoFocus value={target} onChange={(event) => setTarget(event.target.value)}>
          <option value={camera.county}>{camera.county} 的所有大屏</option>
          {walls.map(({ id, screens }) => (
            <option key={id} value={id}>
              {id}({screens} 块屏)
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        姓名
        <input required maxLength={60} value={by} onChange={(event) => setBy(event.target.value)} />
      </label>
      {!isPinned && (
        <label className="field">
          分钟
          <input
            required
            type="number"
            min={1}
            max={480}
            value={minutes}
            onChange={(event) => setMinutes(event.target.valueAsNumber)}
          />
        </label>
      )}
    </FormDialog>
  )
}
