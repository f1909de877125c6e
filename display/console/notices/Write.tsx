/** An urgent notice before it is sent: words, whose they are, whom they are for and how long. */
import { useState } from 'react'
import { everywhere } from '../../../protocol/division.ts'
import type { SendNotice } from '../../../protocol/fleet.ts'
import { FormDialog } from '../FormDialog.tsx'
import { PlacePicker } from '../screens/PlacePicker.tsx'
import type { Place } from '../screens/places.ts'
import { useSession } from '../session.ts'

interface Props {
  readonly places: readonly Place[]
  readonly onAct: (notice: SendNotice) => void
  readonly onClose: () => void
}

const lengths = [5, 15, 30, 60, 120, 360] as const

export function Write({ places, onAct, onClose }: Props) {
  const { me } = useSession()
  const own = me.account?.scope ?? everywhere
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const [from, setFrom] = useState('')
  const [minutes, setMinutes] = useState<number>(15)
  const [isAll, setAll] = useState(own === everywhere)
  const [scope, setScope] = useState(own === everywhere ? (places[0]?.code ?? '') : own)
  return (
    <FormDialog
      title="写紧急通知"
      act="下一步"
      isGrave
      onAct={() =>
        onAct({
          title: title.trim(),
          text: text.trim(),
          from: from.trim(),
          minutes,
          target: isAll ? { kind: 'all' } : { kind: 'place', scope },
        })
      }
      onClose={onClose}
    >
      <label className="field">
        标题
        <input
          required
          autoFocus
          maxLength={30}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
      </label>
      <label className="field">
        正文
        <textarea
          required
          rows={4}
          maxLength={200}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <label className="field">
        单位
        <input
          required
          maxLength={40}
          value={from}
          onChange={({ target }) => setFrom(target.value)}
        />
      </label>
      {own === everywhere && (
        <label className="field">
          发给
          <select
            value={isAll ? 'all' : 'place'}
            onChange={({ target }) => setAll(target.value === 'all')}
          >
            <option value="all">全部屏幕</option>
            <option value="place">一处的屏幕</option>
          </select>
        </label>
      )}
      {!isAll && <PlacePicker places={places} value={scope} onPick={setScope} />}
      <label className="field">
        时长
        <select value={minutes} onChange={({ target }) => setMinutes(Number(target.value))}>
          {lengths.map((each) => (
            <option key={each} value={each}>
              {each} 分钟
            </option>
          ))}
        </select>
      </label>
    </FormDialog>
  )
}
