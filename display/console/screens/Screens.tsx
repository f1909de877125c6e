/** 屏幕: which there are, letting one in, and ending the right of one. */
import { useCallback, useState } from 'react'
import { FleetScreen, FleetScreens } from '../../../protocol/fleet.ts'
import { ask } from '../ask.ts'
import { Confirm } from '../Confirm.tsx'
import { Heard } from '../Heard.tsx'
import { Heads } from '../Heads.tsx'
import { usePoll } from '../poll.ts'
import { homeOf, useSession } from '../session.ts'
import { walkRows } from '../walk.ts'
import { Approve } from './Approve.tsx'
import { nameOf, usePlaces, type Place } from './places.ts'
import { audienceNames, profileNames } from './words.ts'

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
  const screens = polled.value?.screens ?? []

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
      <div className="sheet" role="region" aria-label="屏幕一览" tabIndex={0} onKeyDown={walkRows}>
        <table>
          <Heads titles={['编号', '名称', '所在地', '受众', '类型', '状态', '操作']} />
          <tbody>
            {screens.map((each) => (
              <Row
                key={each.screen.id}
                of={each}
                places={places}
                mayAct={mayAct}
                onRevoke={setAsked}
              />
            ))}
          </tbody>
        </table>
        {polled.value !== undefined && screens.length === 0 && (
          <p className="none">
            还没有屏幕:在要配对的机器上打开 {location.origin}/?pair=on,把显示的码填在上面
          </p>
        )}
      </div>
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

interface RowProps {
  readonly of: FleetScreen
  readonly places: readonly Place[]
  readonly mayAct: boolean
  readonly onRevoke: (screen: FleetScreen) => void
}

function Row({ of: each, places, mayAct, onRevoke }: RowProps) {
  const { id, number, name, scope, audience, profile } = each.screen
  return (
    <tr data-testid={`screen-${id}`}>
      <td className="n">{number}</td>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>{nameOf(places, scope)}</td>
      <td>{audienceNames[audience]}</td>
      <td>{profileNames[profile]}</td>
      <td className={each.pairedAt === null ? 'faint' : undefined}>
        {each.pairedAt === null ? '未配对' : `${each.pairedAt.slice(0, 16).replace('T', ' ')} 配对`}
      </td>
      <td>
        {mayAct && each.pairedAt !== null && (
          <span className="acts">
            <button data-walk="revoke" aria-label={`撤销 ${name}`} onClick={() => onRevoke(each)}>
              撤销
            </button>
          </span>
        )}
      </td>
    </tr>
  )
}
