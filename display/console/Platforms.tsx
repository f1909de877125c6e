import { feedNames, span } from '../freshness.ts'
import { Heard } from './Heard.tsx'
import { connectorKind, connectorStates, feedStates, platformName } from './names.ts'
import { usePlatforms } from './platforms-poll.ts'

const dayTime = (instant: string): string => instant.slice(5, 16).replace('T', ' ')

export function Platforms() {
  const polled = usePlatforms()
  return (
    <>
      <h2>平台</h2>
      <Heard polled={polled} />
      <div className="wide" role="region" aria-label="平台一览" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {[
                '平台',
                '区划',
                '每分钟收下',
                '重复',
                '拒收',
                '启动以来收下',
                '最近一条',
                '各类数据',
                '接入',
                '留存拒收',
              ].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {polled.value?.platforms.map((each) => (
              <tr key={each.platform} data-testid={`platform-${each.platform}`}>
                <th scope="row">
                  {platformName(each.platform)} <small>{each.platform}</small>
                </th>
                <td>{each.divisions.join('、')}</td>
                <td className="n">{each.perMinute.accepted}</td>
                <td className="n">{each.perMinute.duplicate}</td>
                <td className="n">{each.perMinute.rejected}</td>
                <td className="n">{each.sinceStart.accepted}</td>
                <td>{each.lastEventAt === undefined ? '尚无' : dayTime(each.lastEventAt)}</td>
                <td>
                  {each.feeds.map(({ feed, ageSeconds, state }) => (
                    <div key={feed} className={state === 'ok' ? undefined : 'stale'}>
                      {feedNames[feed]} {span(ageSeconds * 1_000)}前 {feedStates[state]}
                    </div>
                  ))}
                </td>
                <td>
                  {each.connectors.map(({ name, kind, state, lag, lastError }) => (
                    <div key={name} className={state === 'running' ? undefined : 'stale'}>
                      <bdi>{name}</bdi> {connectorKind(kind)} {connectorStates[state]}
                      {lag === undefined
                        ? ''
                        : 'rows' in lag
                          ? ` 积压 ${lag.rows} 行`
                          : ` 落后 ${span(lag.seconds * 1_000)}`}
                      {state !== 'running' && lastError !== undefined && <bdi> {lastError}</bdi>}
                    </div>
                  ))}
                </td>
                <td className="n">{each.refusals}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
