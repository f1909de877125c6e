/** 屏幕: which there are, letting one in, and ending the right of one. */
import { useCallback, useState } from 'react'
import { Type } from 'typebox'
import {
  FleetScreen,
  FleetScreens,
  screenStates,
  type FleetCommand,
} from '../../../protocol/fleet.ts'
import { ask } from '../ask.ts'
import { Confirm } from '../Confirm.tsx'
import { Heard } from '../Heard.tsx'
import { Pager } from '../Pager.tsx'
import { usePoll } from '../poll.ts'
import { homeOf, useSession } from '../session.ts'
import { Approve } from './Approve.tsx'
import { nameOf, usePlaces } from './places.ts'
import { Message } from './Message.tsx'
import { ScreenRow } from './ScreenRow.tsx'
import { audienceNames, profileNames, stateNames } from './words.ts'

const titles = ['编号', '名称', '所在地', '受众', '类型', '状态', '版本', '操作']

/** 共 12 块:在线 10、失联 2 */
function countsOf(screens: readonly FleetScreen[]): string {
  const counts = screenStates.flatMap((state) => {
    const count = screens.filter((each) => each.state === state).length
    return count === 0 ? [] : [`${stateNames[state]} ${count}`]
  })
  return `共 ${screens.length} 块${counts.length === 0 ? '' : `:${counts.join('、')}`}`
}

/** `about`: the code of a screen that wants to be let in. */
export function Screens({ about: code }: { readonly about: string }) {
  const { token, me, leave } = useSession()
  const county = homeOf(me)
  const mayAct = me.rights.includes('fleet')
  const question = useCallback(() => ask(token, FleetScreens, '/v1/fleet/screens'), [token])
  const polled = usePoll(question)
  const places = usePlaces(county)
  const [trouble, setTrouble] = useState<string>()
  const [done, setDone] = useState('')
  const [asked, setAsked] = useState<FleetScreen>()
  const [writing, setWriting] = useState<FleetScreen>()
  const [find, setFind] = useState('')
  const screens = polled.value?.screens ?? []
  const shown = screens.filter(
    ({ screen: { number, name, scope, audience, profile, group }, state }) =>
      `${number} ${name} ${nameOf(places, scope)} ${scope} ${audienceNames[audience]} ${profileNames[profile]} ${group ?? ''} ${stateNames[state]}`.includes(
        find.trim(),
      ),
  )

  async function tell({ screen }: FleetScreen, command: FleetCommand, words: string) {
    const path = `/v1/fleet/screens/${screen.id}/commands`
    const answer = await ask(token, Type.Object({}), path, { method: 'POST', json: command })
    if (answer.kind === 'out') return leave(answer)
    setTrouble(answer.kind === 'ok' ? undefined : answer.sentence)
    setDone(answer.kind === 'ok' ? `${screen.name}:${words}` : '')
  }

  async function revoke({ screen }: FleetScreen): Promise<void> {
    setAsked(undefined)
    const path = `/v1/fleet/screens/${screen.id}/revoke`
    const answer = await ask(token, FleetScreen, path, { method: 'POST' })
    if (answer.kind === 'out') return leave(answer)
    setTrouble(answer.kind === 'ok' ? undefined : answer.sentence)
    setDone(answer.kind === 'ok' ? `已撤销 ${screen.name}` : '')
    polled.again()
  }
  return (
    <>
      <div className="head">
        <h2>屏幕</h2>
        <Heard polled={polled} />
      </div>
      {mayAct && (
        <Approve
          code={code}
          county={county}
          places={places}
          screens={screens}
          onDone={(words) => {
            setDone(words)
            polled.again()
          }}
        />
      )}
      {trouble !== undefined && (
        <p className="notice bad" role="alert">
          {trouble}
        </p>
      )}
      <p className={done === '' ? 'unseen' : 'notice good'} role="status">
        {done}
      </p>
      <div className="controls">
        <label className="field">
          查找
          <input
            type="search"
            size={28}
            placeholder="名称、所在地、分组、状态"
            value={find}
            onChange={({ target }) => setFind(target.value)}
          />
        </label>
        <p className="counts">{countsOf(screens)}</p>
      </div>
      {polled.value !== undefined && shown.length === 0 ? (
        <p className="none">
          {screens.length === 0
            ? `还没有屏幕:在要配对的机器上打开 ${location.origin}/?pair=on,把显示的码填在上面`
            : `没有含“${find.trim()}”的屏幕`}
        </p>
      ) : (
        <Pager key={find} rows={shown} label="屏幕一览" titles={titles}>
          {(each) => (
            <ScreenRow
              key={each.screen.id}
              of={each}
              places={places}
              mayAct={mayAct}
              onRevoke={() => setAsked(each)}
              onCommand={(command, words) => void tell(each, command, words)}
              onMessage={() => setWriting(each)}
            />
          )}
        </Pager>
      )}
      {writing !== undefined && (
        <Message
          to={writing}
          onAct={(text) => {
            setWriting(undefined)
            void tell(writing, { do: 'message', text, seconds: 60 }, '已显示消息')
          }}
          onClose={() => setWriting(undefined)}
        />
      )}
      {asked !== undefined && (
        <Confirm
          title={`撤销 ${asked.screen.name}?`}
          act="撤销"
          onAct={() => void revoke(asked)}
          onClose={() => setAsked(undefined)}
        >
          立即断开这块屏幕,它重新配对之前只能看到公众画面。设置会保留。
        </Confirm>
      )}
    </>
  )
}
