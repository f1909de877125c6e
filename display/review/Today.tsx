/** Three sentences first, then what is live, then lists. */
import { useMemo } from 'react'
import { useTable, useWall } from '../board.ts'
import { span, useFreshness } from '../freshness.ts'
import { Age } from '../parts/Age.tsx'
import { instantMs } from '../../protocol/time.ts'
import { branchesOf, byTownship, pendingOf, silentOf, type Counted } from './facts.ts'
import { Glyph } from './Glyph.tsx'
import { Live } from './Live.tsx'
import { addressOf, useScope } from './place.ts'
import { SilentRows } from './Rows.tsx'

const firstRows = 6

export function Today() {
  const scope = useScope()
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const feed = useTable('feed')
  const townships = useTable('townships')
  const now = useWall((state) => state.now)
  const freshness = useFreshness('activities')
  const all = useMemo(
    () => branchesOf({ organizations, branches }, scope),
    [organizations, branches, scope],
  )
  const silent = useMemo(() => silentOf(all), [all])
  const active = all.filter(({ pulse }) => pulse.activeToday)
  const pending = useMemo(
    () => pendingOf({ feed, organizations }, scope),
    [feed, organizations, scope],
  )
  const named = (counts: readonly Counted[]) =>
    counts
      .slice(0, 2)
      .map(({ id, count }) => `${townships.get(id)?.name ?? id} ${count} 个`)
      .join('、')
  const alive = all.filter(({ pulse }) => pulse.state !== 'offline' && pulse.state !== 'silent')
  const [oldest] = pending
  return (
    <div className="today">
      <section className="sentences" aria-label="今日要情">
        <h2 className="only-narrow">今日要情</h2>
        <p className="sentence">
          <i className="sentence-flag" aria-hidden="true" />
          <span>
            <b>{active.length}</b>个支部今天开展活动
            <small>
              {alive.length}/{all.length} 个支部红旗飘扬
              {active.length > 0 && `,${named(byTownship(active))}最多`}
            </small>
          </span>
        </p>
        <p className="sentence">
          <Glyph level={2} />
          <span>
            <b>{silent.length}</b>个支部静默预警
            <small>
              {silent.length === 0
                ? '都在期限内开展了活动'
                : `${named(byTownship(silent))};最久 ${silent[0]?.pulse.silentDays} 天`}
            </small>
          </span>
        </p>
        <p className="sentence">
          <i className="sentence-seal serif" aria-hidden="true">
            审
          </i>
          <span>
            <b>{pending.length}</b>件活动待{scope.length === 6 ? '县终审' : '镇初审'}
            <small>
              {oldest === undefined
                ? '没有等着您的'
                : `最久已等 ${span(now - instantMs(oldest.at))}`}
            </small>
          </span>
        </p>
        <Age mark={freshness.mark} label="三会一课 " />
      </section>
      <Live />
      <section className="card" aria-label="静默最久">
        <h2>
          静默最久 <a href="#/warnings">全部 {silent.length} ›</a>
        </h2>
        <SilentRows rows={silent.slice(0, firstRows)} />
      </section>
      <section className="card" aria-label="乡镇">
        <h2>乡镇</h2>
        <ol className="rows">
          {[...townships.values()]
            .filter(({ id }) => scope.length === 6 || id === scope)
            .sort((a, b) => b.silent - a.silent || (a.id < b.id ? -1 : 1))
            .map(({ id, name, online, organizations: count, silent: quiet }) => (
              <li key={id}>
                <a href={addressOf('township', id)}>
                  <span>{name}</span>
                  <span className="bar" aria-hidden="true">
                    <i style={{ width: `${count === 0 ? 0 : (100 * online) / count}%` }} />
                  </span>
                  <span className="num">
                    在线 {online}/{count}
                  </span>
                  <span className="num warn">{quiet > 0 ? `静默 ${quiet}` : ''}</span>
                </a>
              </li>
            ))}
        </ol>
      </section>
    </div>
  )
}
