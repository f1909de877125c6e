import type { ConsolePlatform } from '../../protocol/console.ts'
import { feedNames, span } from '../freshness.ts'
import { useDesk } from './desk.ts'
import { Heard } from './Heard.tsx'
import { platformName } from '../words.ts'
import { connectorKind, connectorStates, feedStates } from './names.ts'
import { walkRows } from './walk.ts'

const dayTime = (instant: string): string => instant.slice(5, 16).replace('T', ' ')
/** 4,943 a minute, and 0.4: tenths only where they tell. */
const rate = (perMinute: number): string =>
  perMinute.toLocaleString('zh-CN', { maximumFractionDigits: perMinute < 10 ? 1 : 0 })

export function Platforms() {
  const { platforms: polled } = useDesk()
  return (
    <>
      <div className="head">
        <h2>平台</h2>
        <Heard polled={polled} />
      </div>
      <div className="sheet" role="region" aria-label="平台一览" tabIndex={0} onKeyDown={walkRows}>
        <table>
          <thead>
            <tr>
              <th scope="col">平台</th>
              <th scope="col">区划</th>
              <th scope="col" className="n">
                每分钟收下
              </th>
              <th scope="col" className="n">
                重复
              </th>
              <th scope="col" className="n">
                拒收
              </th>
              <th scope="col" className="n">
                启动以来收下
              </th>
              <th scope="col">最近一条</th>
              <th scope="col">各类数据多久以前</th>
              <th scope="col">接入</th>
              <th scope="col" className="n">
                留存拒收
              </th>
            </tr>
          </thead>
          <tbody>
            {polled.value?.platforms.map((each) => (
              <PlatformRow key={each.platform} of={each} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function PlatformRow({ of: each }: { readonly of: ConsolePlatform }) {
  const { platform, perMinute, sinceStart, lastEventAt, refusals } = each
  return (
    <tr data-testid={`platform-${platform}`}>
      <th scope="row">
        {platformName(platform)} <small>{platform}</small>
      </th>
      <td>{each.divisions.join('、')}</td>
      {[perMinute.accepted, perMinute.duplicate, perMinute.rejected].map((value, index) => (
        <td key={index} className={value === 0 ? 'n faint' : 'n'}>
          {rate(value)}
        </td>
      ))}
      <td className={sinceStart.accepted === 0 ? 'n faint' : 'n'}>
        {sinceStart.accepted.toLocaleString('zh-CN')}
      </td>
      <td className={lastEventAt === undefined ? 'faint' : 'when'}>
        {lastEventAt === undefined ? '尚无' : dayTime(lastEventAt)}
      </td>
      <td>
        <Feeds of={each.feeds} />
      </td>
      <td>
        <Connectors of={each.connectors} />
      </td>
      <td className="n">
        {refusals === 0 ? (
          <span className="faint">0</span>
        ) : (
          <a
            data-walk="refusals"
            href={`#/refusals/${platform}`}
            aria-label={`查看 ${platformName(platform)} 的 ${refusals} 条拒收`}
          >
            {refusals.toLocaleString('zh-CN')}
          </a>
        )}
      </td>
    </tr>
  )
}

function Feeds({ of: feeds }: { readonly of: ConsolePlatform['feeds'] }) {
  if (feeds.length === 0) return <span className="faint">未报</span>
  return (
    <ul className="feeds">
      {feeds.map(({ feed, ageSeconds, state }) => (
        <li key={feed} className={state === 'ok' ? undefined : 'stale'}>
          {feedNames[feed]} {span(ageSeconds * 1_000)}
          {state !== 'ok' && <b> {feedStates[state]}</b>}
        </li>
      ))}
    </ul>
  )
}

function Connectors({ of: connectors }: { readonly of: ConsolePlatform['connectors'] }) {
  if (connectors.length === 0) return <span className="faint">推送</span>
  return connectors.map(({ name, kind, state, lag, lastError }) => (
    <div key={name} className={state === 'running' ? 'connector' : 'connector stale'}>
      <bdi>{name}</bdi> {connectorKind(kind)} {connectorStates[state]}
      {lag === undefined
        ? ''
        : 'rows' in lag
          ? ` 积压 ${lag.rows} 行`
          : ` 落后 ${span(lag.seconds * 1_000)}`}
      {state !== 'running' && lastError !== undefined && (
        <div>
          <bdi>{lastError}</bdi>
        </div>
      )}
    </div>
  ))
}
