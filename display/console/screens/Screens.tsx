/** 屏幕: which there are, letting one in, and ending the right of one. */
import { useCallback, useState } from 'react'
import { Type } from 'typebox'
import {
  FleetScreen,
  FleetScreens,
  screenStates,
  type FleetCommand,
} from '../../../protocol/fleet.ts'
import { Done, Trouble, useActs } from '../act.tsx'
import { ask } from '../ask.ts'
import { Confirm } from '../Confirm.tsx'
import { Find } from '../Find.tsx'
import { Heard } from '../Heard.tsx'
import { Pager } from '../Pager.tsx'
import { usePoll } from '../poll.ts'
import { homeOf, useSession } from '../session.ts'
import { Approve } from './Approve.tsx'
import { nameOf, usePlaces } from './places.ts'
import { Group } from './Group.tsx'
import { Message } from './Message.tsx'
import { Rollout } from './Rollout.tsx'
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
  const { token, me } = useSession()
  const county = homeOf(me)
  const mayAct = me.rights.includes('fleet')
  const question = useCallback(() => ask(token, FleetScreens, '/v1/fleet/screens'), [token])
  const polled = usePoll(question)
  const places = usePlaces(county)
  const { post, trouble, done, say } = useActs(polled.again)
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

  function tell({ screen: { id, name } }: FleetScreen, command: FleetCommand, words: string) {
    void post(Type.Object({}), `/v1/fleet/screens/${id}/commands`, command, `${name}:${words}`)
  }
  function revoke({ screen: { id, name } }: FleetScreen): void {
    setAsked(undefined)
    void post(FleetScreen, `/v1/fleet/screens/${id}/revoke`, undefined, `已撤销 ${name}`)
  }
  return (
    <>
      <div className="head">
        <h2>屏幕</h2>
        <Heard polled={polled} />
      </div>
      {mayAct && (
        <Rollout
          onDone={(words) => {
            say(words)
            polled.again()
          }}
        />
      )}
      {mayAct && (
        <Approve
          code={code}
          county={county}
          places={places}
          screens={screens}
          onDone={(words) => {
            say(words)
            polled.again()
          }}
        />
      )}
      <Trouble of={trouble} />
      <Done words={done} />
      <div className="controls">
        <Find hint="名称、所在地、分组、状态" words={find} onFind={setFind} />
        <p className="counts">{countsOf(screens)}</p>
        {mayAct && <Group screens={shown} post={post} say={say} />}
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
              onCommand={(command, words) => tell(each, command, words)}
              onMessage={() => setWriting(each)}
            />
          )}
        </Pager>
      )}
      {writing !== undefined && (
        <Message
          to={writing.screen.name}
          onAct={(text) => {
            setWriting(undefined)
            tell(writing, { do: 'message', text, seconds: 60 }, '已显示消息')
          }}
          onClose={() => setWriting(undefined)}
        />
      )}
      {asked !== undefined && (
        <Confirm
          title={`撤销 ${asked.screen.name}?`}
          act="撤销"
          onAct={() => revoke(asked)}
          onClose={() => setAsked(undefined)}
        >
          立即断开这块屏幕,它重新配对之前只能看到公众画面。设置会保留。
        </Confirm>
      )}
    </>
  )
}
