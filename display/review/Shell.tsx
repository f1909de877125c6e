/** What stands around every page: the masthead, the ways on, the moment that is looked at, and how sure the figures are. */
import { useTrust, useWall } from '../board.ts'
import { useSession } from '../console/session.ts'
import { useCountyFile } from '../county.ts'
import { clockTime, span } from '../freshness.ts'
import { dayWords } from '../words.ts'
import { localDay } from '../../protocol/time.ts'
import { BranchPage } from './BranchPage.tsx'
import { Branches } from './Branches.tsx'
import { Handlings } from './Handlings.tsx'
import { pages, usePlace, type Place } from './place.ts'
import { Ranking } from './Ranking.tsx'
import { Reviews } from './Reviews.tsx'
import { Today } from './Today.tsx'

interface Props {
  readonly at: string
  readonly onAt: (at: string) => void
  readonly trouble: string
}

export function Shell({ at, onAt, trouble }: Props) {
  const { masthead } = useCountyFile()
  const { me, leave } = useSession()
  const place = usePlace()
  const now = useWall((state) => state.now)
  const present = useWall((state) => state.present)
  const page = place.kind === 'page' ? place.page : 'branches'
  const { date, weekday } = dayWords(now)
  return (
    <>
      <header className="review-head">
        <h1>
          {masthead} <small>领导阅览</small>
        </h1>
        <nav aria-label="页面">
          {pages.map((each) => (
            <a
              key={each.page}
              href={`#/${each.page}`}
              aria-current={each.page === page ? 'page' : undefined}
            >
              <i className="serif" aria-hidden="true">
                {each.char}
              </i>
              {each.name}
            </a>
          ))}
        </nav>
      </header>
      <main className="review">
        <div className="review-when">
          <p>
            {date} {weekday} {clockTime(now)} · <Sure />
          </p>
          <label className="no-print">
            回看
            <input
              type="datetime-local"
              value={at}
              max={`${localDay(present)}T${clockTime(present)}`}
              onChange={({ target }) => onAt(target.value)}
            />
          </label>
          {at !== '' && (
            <button className="no-print" onClick={() => onAt('')}>
              回到现在
            </button>
          )}
          <button className="no-print" onClick={() => print()}>
            打印简报
          </button>
          <button className="no-print" onClick={() => leave()}>
            退出 {me.account?.title ?? '管理员'}
          </button>
        </div>
        <p role="alert" className="review-trouble">
          {trouble}
        </p>
        <Here place={place} />
      </main>
    </>
  )
}

function Here({ place }: { readonly place: Place }) {
  if (place.kind !== 'page')
    return place.kind === 'branch' ? (
      <BranchPage key={place.id} id={place.id} />
    ) : (
      <Branches key={place.id} township={place.id} />
    )
  switch (place.page) {
    case 'today':
      return <Today />
    case 'warnings':
      return <Handlings />
    case 'ranking':
      return <Ranking />
    case 'reviews':
      return <Reviews />
    case 'branches':
      return <Branches township={null} />
  }
}

/** How much of what stands below holds, in words. */
function Sure() {
  const trust = useTrust()
  const now = useWall((state) => state.now)
  const lostAt = useWall((state) => state.lostAt)
  const epoch = useWall((state) => state.epoch)
  const connection = useWall((state) => state.connection)
  if (trust === 'past') return <b>回看那一刻的数据</b>
  if (epoch === null)
    return <b role="status">{connection === 'lost' ? '连不上,正在重试' : '正在取数据'}</b>
  if (lostAt !== null && connection === 'lost')
    return (
      <b role="status">
        连接中断,数据停在 {clockTime(lostAt)}({span(now - lostAt)}前)
      </b>
    )
  return <span>实时</span>
}
