/** 现场点位: every site of the patrol, when it was seen, and what is wrong with it; one press pins it. */
import { memo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { useTable, useWall } from '../../board.ts'
import type { Ill, Site } from '../../director/patrol.ts'
import { clockSeconds, clockTime, useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { BranchName } from '../../parts/BranchName.tsx'
import { ListPages } from '../../parts/ListPages.tsx'
import { pageAt } from '../../parts/pages.ts'
import { usePatrol, usePatroller } from '../../parts/patrol.ts'
import { liveAge, useCameras } from '../../parts/video.ts'
import { formNames, placeOf } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import {
  groupsOf,
  illWords,
  markOf,
  namedOf,
  pagesOf,
  unwellWords,
  type Mark,
  type Tone,
} from './marks.ts'
import './patrol-sites.css'

const headU = 5.4
const nameU = 12
const cellU = 3.55
const cellRowU = 3
const groupGapU = 0.6
const legendU = 3.6
const rowU = 4.06
/** Rows of the list stay at least. */
const leastRows = 5

const legend: readonly (readonly [Tone, string, string])[] = [
  ['shown', '看', '正在看'],
  ['next', '下', '下一处'],
  ['meeting', '8', '会议中'],
  ['ill', '断', '异常'],
  ['seen', '8', '分钟前看过'],
  ['unseen', '·', '未看'],
]

export function PatrolSites() {
  const room = useRoom()
  const { patrol, streams, groups, named, title } = useSites()
  const perRow = Math.max(1, Math.floor((room.w - nameU) / cellU))
  const cellsU = room.h - headU - legendU - leastRows * rowU
  const rows = Math.max(1, Math.floor((cellsU - groups.length * groupGapU) / cellRowU))
  const pages = pagesOf(groups, perRow, rows)
  const page = useWall((state) => pageAt(state.now, Math.max(1, pages.length)))
  const shown = pages[page] ?? []
  const taken = shown.reduce((sum, { sites }) => sum + Math.ceil(sites.length / perRow), 0)
  const usedU = legendU + taken * cellRowU + shown.length * groupGapU
  return (
    <Panel {...title} testid="patrol-sites">
      {patrol.sites.length === 0 ? (
        <None />
      ) : (
        <>
          {shown.map((group) => (
            <div key={group.name} className="site-group">
              <p>{group.name}</p>
              <div>
                {group.sites.map((site) => (
                  <SiteCell key={site.id} site={site} />
                ))}
              </div>
            </div>
          ))}
          <p className="site-legend">
            {legend.map(([tone, text, words]) => (
              <span key={words}>
                <i className={`site-cell is-${tone}`}>{text}</i>
                {words}
              </span>
            ))}
          </p>
          <ListPages
            rows={named}
            size={room}
            taken={usedU}
            render={(site) => <SiteRow key={site.id} site={site} stream={streams.get(site.id)} />}
          />
        </>
      )}
    </Panel>
  )
}

/** Few enough to be named all together. */
export function PatrolSitesFew() {
  const room = useRoom()
  const { patrol, streams, title } = useSites()
  const rows = [...patrol.sites, ...[...patrol.gone.values()].map(({ site }) => site)]
  return (
    <Panel {...title} testid="patrol-sites">
      {rows.length === 0 ? (
        <None />
      ) : (
        <ListPages
          rows={rows}
          size={room}
          render={(site) => <SiteRow key={site.id} site={site} stream={streams.get(site.id)} />}
        />
      )}
    </Panel>
  )
}

const None = () => <Sentence title="没有在线点位" next="上线后自动列出" />

function useSites() {
  const freshness = useFreshness('video')
  const patrol = usePatrol()
  const streams = useTable('streams')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const groups = groupsOf(patrol.sites, (id) => {
    const organization = organizations.get(id)
    const key = organization?.township || `z${organization?.group ?? ''}`
    return [key, placeOf({ townships }, organization)]
  })
  const named = [...namedOf(patrol, streams), ...[...patrol.gone.values()].map(({ site }) => site)]
  const meetings = [...streams.values()].filter(({ activity }) => activity !== null).length
  const cameras = useCameras()
  const broken = patrol.sites.filter(
    ({ id, unwell }) => patrol.ills.get(id)?.isBack === false || unwell !== undefined,
  ).length
  // Sites that platforms tell of and nobody registered count among all of them.
  const registered = Math.max(cameras?.size ?? 0, patrol.sites.length)
  const note = [
    `现场 ${patrol.sites.length} / 共 ${registered} 路`,
    ...(meetings > 0 ? [`会议 ${meetings}`] : []),
    ...(broken > 0 ? [`异常 ${broken}`] : []),
  ].join(' · ')
  return {
    patrol,
    streams,
    groups,
    named,
    title: { title: '现场点位', note, freshness: liveAge(freshness) },
  }
}

interface CellProps extends Mark {
  readonly id: string
  readonly name: string
  readonly onPress: (id: string) => void
}

/** Two hundred of them are looked at once a second; only those that say something else are drawn. */
const Cell = memo(function Cell({ id, name, text, tone, words, onPress }: CellProps) {
  return (
    <button
      type="button"
      className={`site-cell is-${tone} fig`}
      data-testid="site"
      data-source={id}
      data-tone={tone}
      aria-label={`定看 ${name},${words}`}
      onClick={() => onPress(id)}
    >
      {text}
    </button>
  )
})

function SiteCell({ site }: { readonly site: Site }) {
  const patroller = usePatroller()
  const patrol = usePatrol()
  const meeting = useTable('streams').get(site.id)?.activity ?? null
  const name = useTable('organizations').get(site.organization)?.name ?? site.id
  return (
    <Cell
      id={site.id}
      name={name}
      onPress={patroller.pin}
      {...markOf(patrol, site.id, meeting !== null)}
    />
  )
}

function SiteRow({
  site,
  stream,
}: {
  readonly site: Site
  readonly stream: Row<'streams'> | undefined
}) {
  const organization = useTable('organizations').get(site.organization)
  const townships = useTable('townships')
  const feed = useTable('feed')
  const wallNow = useWall((state) => state.now)
  const patrol = usePatrol()
  const ill = patrol.ills.get(site.id)
  const isIll = ill !== undefined && !ill.isBack
  const isBroken = isIll || site.unwell !== undefined
  const activity = feed.get(stream?.activity ?? '')
  const meeting = activity === undefined ? '会议直播' : formNames[activity.form]
  const meets = stream !== undefined && stream.activity !== null
  const said =
    stream === undefined && site.id !== patrol.pin
      ? '已下线,上线后自动接入'
      : isIll
        ? `${illWords(ill)} · ${retryWords(ill, patrol.now, wallNow)}`
        : site.unwell !== undefined
          ? `${unwellWords(site.unwell)} · ${clockTime(site.unwell.since)} 起`
          : [...(meets ? [meeting] : []), markOf(patrol, site.id, meets).words].join(' · ')
  return (
    <li className="site-row" data-testid="site-row" data-source={site.id}>
      {stream === undefined ? <i className="site-cell is-unseen">–</i> : <SiteCell site={site} />}
      <BranchName
        name={organization?.name ?? site.id}
        place={isBroken ? '' : placeOf({ townships }, organization)}
        {...(organization === undefined ? {} : { id: organization.id })}
      />
      <span className={isBroken ? 'site-said broken' : 'site-said'}>{said}</span>
    </li>
  )
}

/** The patrol has a clock of its own. */
function retryWords({ retryAt }: Ill, now: number, wallNow: number): string {
  return retryAt <= now ? '正在重试' : `${clockSeconds(wallNow + retryAt - now)} 重试`
}
