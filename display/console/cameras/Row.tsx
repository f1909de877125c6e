import type { ConsoleCamera, ConsoleWalls } from '../../../protocol/console-cameras.ts'
import { Still } from './Still.tsx'
import { healthNames, kindNames, stateNames } from './words.ts'

const dayTime = (instant: string): string => instant.slice(5, 16).replace('T', ' ')

interface Props {
  readonly of: ConsoleCamera
  readonly pins: ConsoleWalls['pins']
  readonly onSign: () => void
  readonly onPin: () => void
}

export function CameraRow({ of: each, pins, onSign, onPin }: Props) {
  const { camera, organization, state, error, viewers, clearance } = each
  const { id, title, kind, health, still } = camera
  const isWell = health.state === 'ok' || health.state === 'unknown'
  return (
    <tr data-testid={`camera-${id}`}>
      <td>
        <Still url={still?.url} of={title} />
      </td>
      <th scope="row">
        <bdi>{title}</bdi>
        <br />
        <small>{id}</small>
      </th>
      <td className="text">
        {organization === null ? (
          <span className="faint">未在册({camera.organization})</span>
        ) : (
          <bdi>{organization}</bdi>
        )}
      </td>
      <td>{kindNames[kind]}</td>
      <td className={isWell ? undefined : 'ill'} data-health={health.state}>
        {healthNames[health.state]}
        {health.state !== 'unknown' && <small> {dayTime(health.since)} 起</small>}
        {health.why !== undefined && (
          <>
            <br />
            <small>{health.why}</small>
          </>
        )}
      </td>
      <td>
        {stateNames[state]}
        {error !== null && (
          <>
            <br />
            <small>{error}</small>
          </>
        )}
      </td>
      <td className={viewers === 0 ? 'n faint' : 'n'}>{viewers}</td>
      <td className="text">
        {clearance === null ? (
          <span className="faint">不公开</span>
        ) : (
          <>
            公开 <small>{dayTime(clearance.at)}</small>
            <br />
            <small>
              <bdi>{clearance.by}</bdi>
              {clearance.reason !== null && (
                <>
                  :<bdi>{clearance.reason}</bdi>
                </>
              )}
            </small>
          </>
        )}
      </td>
      <td>
        <span className="acts">
          <button
            data-walk="sign"
            aria-label={`${clearance === null ? '公开' : '撤回'} ${title}`}
            onClick={onSign}
          >
            {clearance === null ? '公开' : '撤回'}
          </button>
          <button data-walk="pin" aria-label={`上墙 ${title}`} onClick={onPin}>
            上墙
          </button>
        </span>
        {pins.length > 0 && (
          <small className="pinned">已上墙:{pins.map(({ target }) => target).join('、')}</small>
        )}
      </td>
    </tr>
  )
}
