import type { FleetCommand, FleetScreen } from '../../../protocol/fleet.ts'
import { nameOf, type Place } from './places.ts'
import { audienceNames, profileNames, stateNames } from './words.ts'

interface Props {
  readonly of: FleetScreen
  readonly places: readonly Place[]
  readonly mayAct: boolean
  readonly onRevoke: () => void
  readonly onCommand: (command: FleetCommand, words: string) => void
  readonly onMessage: () => void
}

const identifySeconds = 15

export function ScreenRow({ of: each, places, mayAct, onRevoke, onCommand, onMessage }: Props) {
  const { id, number, name, scope, audience, profile, group } = each.screen
  const { state, seenAt, beat } = each
  const isIll = state === 'frozen' || state === 'late' || state === 'lost'
  return (
    <tr data-testid={`screen-${id}`}>
      <td className="n">{number}</td>
      <th scope="row">
        <bdi>{name}</bdi>
        {group !== null && <small> {group}</small>}
      </th>
      <td>{nameOf(places, scope)}</td>
      <td>{audienceNames[audience]}</td>
      <td>{profileNames[profile]}</td>
      <td className={isIll ? 'changed' : state === 'online' ? undefined : 'faint'}>
        {stateNames[state]}
        {isIll && (
          <small>
            {' '}
            {seenAt === null ? '启动后未听到' : `最后 ${seenAt.slice(5, 16).replace('T', ' ')}`}
          </small>
        )}
        {beat !== null && beat.lastError !== null && <small title={beat.lastError}> 有错误</small>}
      </td>
      <td>
        {beat !== null && (
          <>
            {beat.build}
            <br />
            <small>
              {beat.engine} · {beat.width}×{beat.height}
            </small>
          </>
        )}
      </td>
      <td>
        {mayAct && each.pairedAt !== null && (
          <span className="acts">
            <button
              data-walk="identify"
              aria-label={`识别 ${name}`}
              onClick={() =>
                onCommand({ do: 'identify', seconds: identifySeconds }, `已显示编号 ${number}`)
              }
            >
              识别
            </button>
            <button data-walk="message" aria-label={`发消息 ${name}`} onClick={onMessage}>
              消息
            </button>
            <button
              data-walk="reload"
              aria-label={`重载 ${name}`}
              onClick={() => onCommand({ do: 'reload' }, '正在重载')}
            >
              重载
            </button>
            <button data-walk="revoke" aria-label={`撤销 ${name}`} onClick={onRevoke}>
              撤销
            </button>
          </span>
        )}
      </td>
    </tr>
  )
}
