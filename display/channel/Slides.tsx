/** One slide of a village's channel: it stands still for as long as it is on, so nothing in it counts or moves. */
import type { ReactNode } from 'react'
import { thousands } from '../words.ts'
import { Flag, TierSeal } from '../tv/parts/TierSeal.tsx'
import type { BranchFacts, Leader, Paper, Slide } from './facts.ts'
import './slides.css'

const titles: Readonly<Record<Slide['kind'], string>> = {
  branch: '我的村',
  today: '今天的安排',
  ranking: '比积分',
  notice: '通知',
  radio: '村村响',
  standby: '',
}

export function SlideView({ slide }: { readonly slide: Slide }) {
  return (
    <main className="tv slide" data-slide={slide.kind}>
      <header className="slide-band">
        {slide.callsign !== '' && <p className="slide-callsign mid">{slide.callsign}</p>}
        <h1 className="serif gold line">{slide.place || '党建电视'}</h1>
        <p className="mid line">{slide.township}</p>
        <p className="slide-day fig">{slide.day}</p>
      </header>
      {slide.lost === '' ? (
        <p className="slide-kind">
          <span className="serif gold">{titles[slide.kind]}</span>
        </p>
      ) : (
        <p className="slide-kind slide-lost">
          <b className="serif late">信号中断</b>
          <span>{slide.lost} · 恢复后自动更新</span>
        </p>
      )}
      <section className="slide-body">
        <Body slide={slide} />
      </section>
    </main>
  )
}

function Body({ slide }: { readonly slide: Slide }): ReactNode {
  switch (slide.kind) {
    case 'branch':
      return slide.branch === null ? (
        <p className="slide-none mid">名册里还没有这个村的党组织</p>
      ) : (
        <Branch branch={slide.branch} isLost={slide.lost !== ''} />
      )
    case 'today':
      return (
        <ul className="slide-list">
          {slide.items.map(({ time, title, place, isOver }) => (
            <li key={`${time} ${title}`} className={isOver ? 'lo' : ''}>
              <time className={`num ${isOver ? '' : 'gold'}`}>{time}</time>
              <span className="slide-name line">{title}</span>
              <span className="mid">{isOver ? '已结束' : place}</span>
            </li>
          ))}
        </ul>
      )
    case 'ranking':
      return <Leaders leaders={slide.leaders} note={slide.until || `${slide.month} 月 · 全县`} />
    case 'standby':
      return (
        <div className="slide-standby">
          <p className="serif gold">画面稍后更新</p>
          <p className="mid">频道正在准备,请不要关机,也不用换台</p>
        </div>
      )
    case 'notice':
    case 'radio':
      return <PaperView paper={slide.paper} />
  }
}

/** Silence is nobody's business in a village hall: a silent branch is one that is online. */
const stateWords: Readonly<Record<BranchFacts['state'], string>> = {
  live: '正在直播',
  active: '今天有活动',
  online: '在线',
  silent: '在线',
  offline: '未上线',
}

interface BranchProps {
  readonly branch: BranchFacts
  readonly isLost: boolean
}

function Branch({ branch, isLost }: BranchProps) {
  const { name, points, rank, change, members, month, age, isBroken, meeting, activities } = branch
  const tone = age === '' && !isLost ? 'gold' : 'lo'
  return (
    <>
      <div className="slide-card slide-standing">
        <div className="slide-state">
          <Flag branch={branch} />
          <div>
            <p className="serif slide-state-words">
              {isLost && <span className="late">中断前 </span>}
              {stateWords[branch.state]}
            </p>
            <p className="mid line">{name}</p>
          </div>
        </div>
        <dl>
          <dt className="mid">
            <span className="fig">{month}</span> 月积分
          </dt>
          <dd className={`num ${tone}`}>
            {isBroken ? '—' : thousands(points)}
            {!isBroken && (branch.tier === 'gold' || branch.tier === 'silver') && (
              <TierSeal branch={branch} />
            )}
          </dd>
          <dt className="mid">全县排名</dt>
          <dd className={`num ${tone}`}>
            {isBroken || points === 0 ? '—' : `第 ${rank}`}
            {!isBroken && points > 0 && change !== 0 && (
              <span className={change > 0 ? 'slide-move gold' : 'slide-move mid'}>
                {change > 0 ? '▲' : '▼'} {Math.abs(change)}
              </span>
            )}
          </dd>
          {members > 0 && (
            <>
              <dt className="mid">党员</dt>
              <dd className={`num ${age === '' ? '' : 'lo'}`}>{members}</dd>
            </>
          )}
        </dl>
        {age !== '' && <p className={isBroken ? 'broken' : 'late'}>{age}</p>}
      </div>
      <div className="slide-card slide-doings">
        <h2 className="mid">下一次会议</h2>
        {meeting === null ? (
          <p>四十天内没有排定的会议</p>
        ) : (
          <p className="slide-meeting">
            <b className="serif gold">{meeting.title}</b>
            <span className="num">{meeting.when}</span>
            <span className="mid">{meeting.place}</span>
          </p>
        )}
        <h2 className="mid">最近的活动</h2>
        {activities === null || activities.length === 0 ? (
          <p>{activities === null ? '正在取活动记录' : '还没有审核通过的活动'}</p>
        ) : (
          <ul>
            {activities.map(({ day, words }) => (
              <li key={`${day} ${words}`} className="slide-activity">
                <span className="fig mid">{day}</span>
                <span className="line">{words}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  )
}

interface LeadersProps {
  readonly leaders: readonly Leader[]
  readonly note: string
}

function Leaders({ leaders, note }: LeadersProps) {
  return (
    <>
      <ol className="slide-list slide-leaders">
        {leaders.map(({ rank, name, place, points, isOwn }) => (
          <li key={`${rank} ${name}`} className={isOwn ? 'slide-own' : ''}>
            <span className={`num slide-rank ${rank <= 3 ? 'gold' : 'mid'}`}>{rank}</span>
            <span className="slide-name line">{name}</span>
            <span className="mid slide-place line">{place}</span>
            <span className="num gold slide-points">{thousands(points)}</span>
          </li>
        ))}
      </ol>
      <p className="slide-note mid">{note}</p>
    </>
  )
}

/** Characters that fit in large type. */
const mostLarge = 110

function PaperView({ paper: { title, from, text, page, pages } }: { readonly paper: Paper }) {
  return (
    <article className={text.length > mostLarge ? 'slide-paper slide-full' : 'slide-paper'}>
      <h2 className="serif gold">{title}</h2>
      <p className="mid">{from}</p>
      {text.split('\n').map((paragraph) => (
        <p key={paragraph} className="slide-text">
          {paragraph}
        </p>
      ))}
      {pages > 1 && (
        <p className="slide-note mid fig">
          {page} / {pages}
        </p>
      )}
    </article>
  )
}
