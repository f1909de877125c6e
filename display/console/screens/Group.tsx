/** What is told to all screens that the list shows: found by township, village, group, state, or all there are. */
import { useState } from 'react'
import { GroupTold, type FleetCommand, type FleetScreen } from '../../../protocol/fleet.ts'
import type { Acts } from '../act.tsx'
import { Confirm } from '../Confirm.tsx'
import { Message } from './Message.tsx'

interface Props extends Pick<Acts, 'post' | 'say'> {
  readonly screens: readonly FleetScreen[]
}

const seconds = 60
const mostAtOnce = 500

export function Group({ screens, post, say }: Props) {
  const [asking, setAsking] = useState<'message' | 'reload'>()
  const paired = screens.filter(({ pairedAt }) => pairedAt !== null)
  const ids = paired.map(({ screen }) => screen.id).slice(0, mostAtOnce)
  if (ids.length < 2) return null
  const whom = `列出的 ${ids.length} 块屏幕`

  async function tell(command: FleetCommand): Promise<void> {
    setAsking(undefined)
    const told = await post(GroupTold, '/v1/fleet/commands', {
      target: { kind: 'screens', ids },
      command,
    })
    if (told === undefined) return
    const names = told.failed.slice(0, 3).map(({ name }) => name)
    const more = told.failed.length > names.length ? ' 等' : ''
    say(
      `${told.asked} 块中 ${told.done} 块照做${
        names.length === 0 ? '' : `,${told.failed.length} 块没有:${names.join('、')}${more}`
      }`,
    )
  }
  return (
    <span className="acts">
      <button onClick={() => void tell({ do: 'identify', seconds: 15 })}>都识别</button>
      <button onClick={() => setAsking('message')}>都发消息</button>
      <button onClick={() => setAsking('reload')}>都重载</button>
      {asking === 'message' && (
        <Message
          to={whom}
          onAct={(text) => void tell({ do: 'message', text, seconds })}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'reload' && (
        <Confirm
          title={`重载${whom}?`}
          act="重载"
          onAct={() => void tell({ do: 'reload' })}
          onClose={() => setAsking(undefined)}
        >
          每块画面会断开一两秒,再从头加载。
        </Confirm>
      )}
    </span>
  )
}
