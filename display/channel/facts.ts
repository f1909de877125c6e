/** What the slides of one village say at this moment. Pure: a slide is drawn anew where this says something else. */
import type { BranchDetail } from '../../protocol/branch.ts'
import type { Row } from '../../protocol/board.ts'
import type { TelevisionFile } from '../../protocol/television.ts'
import { instantMs, localDay } from '../../protocol/time.ts'
import { trustOf, type WallState } from '../board.ts'
import { clockTime, freshnessOf } from '../freshness.ts'
import { noticesOn } from '../tv/facts/notices.ts'
import { nextOf, onAir } from '../tv/facts/schedule.ts'
import { itemsOf } from '../tv/facts/today.ts'
import { ownOf, placeName, type Standing } from '../tv/facts/village.ts'
import { ageOf, agoWords } from '../tv/trust.ts'
import { dayWords, formNames, placeOf, shortDay } from '../words.ts'

export interface Known {
  readonly state: Pick<WallState, 'board' | 'connection' | 'lostAt' | 'now' | 'isPast'>
  readonly file: TelevisionFile
  readonly detail: BranchDetail | undefined
  /** The first of the county, as they stood some minutes ago at most. */
  readonly leaders: readonly Standing[]
}

interface Head {
  readonly place: string
  readonly township: string
  readonly callsign: string
  /** 12月1日 星期二 */
  readonly day: string
  /** 数据截至 09:32 where the relay is lost; '' while it answers. */
  readonly lost: string
}
export interface Paper {
  readonly title: string
  readonly from: string
  readonly text: string
  readonly page: number
  readonly pages: number
}
export interface BranchFacts {
  readonly name: string
  readonly state: Row<'branches'>['state']
  readonly tier: Row<'branches'>['tier']
  readonly points: number
  readonly rank: number
  readonly change: number
  readonly members: number
  readonly month: number
  /** 数据截至 09:32; '' while live. */
  readonly age: string
  readonly isBroken: boolean
  readonly meeting: { readonly title: string; readonly when: string; readonly place: string } | null
  /** Null: not known yet. */
  readonly activities: readonly { readonly day: string; readonly words: string }[] | null
}
export interface Leader {
  readonly rank: number
  readonly name: string
  readonly place: string
  readonly points: number
  readonly isOwn: boolean
}

export type Slide = Head &
  (
    | { readonly kind: 'branch'; readonly branch: BranchFacts | null }
    | {
        readonly kind: 'today'
        readonly items: readonly {
          readonly time: string
          readonly title: string
          readonly place: string
          readonly isOver: boolean
        }[]
      }
    | {
        readonly kind: 'ranking'
        readonly month: number
        readonly until: string
        readonly leaders: readonly Leader[]
      }
    | { readonly kind: 'notice'; readonly paper: Paper }
    | { readonly kind: 'radio'; readonly paper: Paper }
    | { readonly kind: 'standby' }
  )

/** A radio column that is on the air: its sound takes the place of silence. */
export interface OnAir {
  readonly id: string
  readonly startMs: number
  /** A file in DATA_DIR/media; null where it has none. */
  readonly audio: string | null
}
export interface Programme {
  readonly slides: readonly Slide[]
  readonly onAir: OnAir | null
}

const most = { items: 6, leaders: 8, notices: 3, pages: 3, activities: 4 } as const

export function programmeOf(known: Known, village: string): Programme {
  const { state, file } = known
  const { board, now } = state
  const organization = ownOf(board, village)
  const head = headOf(known, organization)
  const air = onAir(file.radio, now, village)
  if (air !== undefined) {
    const { id, title, at, minutes, pages, audio = null } = air.entry
    const from = `村村响 · ${at} 起 ${minutes} 分钟`
    return {
      slides: papers(title, from, pages).map((paper) => ({ ...head, kind: 'radio', paper })),
      onAir: { id, startMs: air.startMs, audio },
    }
  }
  const day = localDay(now)
  const items = itemsOf(file, board.programmes.values(), day, village)
  const left = items.filter(({ endMs }) => endMs > now)
  const notices = noticesOn(file.notices, day, village).slice(0, most.notices)
  const branch = organization === undefined ? null : branchOf(known, organization, village)
  return {
    slides: [
      { ...head, kind: 'branch', branch },
      ...(items.length === 0
        ? []
        : [
            {
              ...head,
              kind: 'today' as const,
              items: (left.length >= most.items ? left : items.slice(-most.items))
                .slice(0, most.items)
                .map(({ startMs, endMs, title, place }) => ({
                  time: clockTime(startMs),
                  title,
                  place,
                  isOver: endMs <= now,
                })),
            },
          ]),
      ...(known.leaders.length === 0 ? [] : [{ ...head, ...rankingOf(known, organization?.id) }]),
      ...notices.flatMap(({ title, from, on, pages }) =>
        papers(title, `${from} · ${shortDay(on)}`, pages.slice(0, most.pages)).map((paper) => ({
          ...head,
          kind: 'notice' as const,
          paper,
        })),
      ),
    ],
    onAir: null,
  }
}

/** Shown where nothing is known of now: it says nothing that could be old. */
export function standbyOf(county: string): Slide {
  return { kind: 'standby', place: county, township: '', callsign: '', day: '', lost: '' }
}

function headOf({ state, file }: Known, organization: Row<'organizations'> | undefined): Head {
  const { date, weekday } = dayWords(state.now)
  const trust = trustOf(state)
  const isLost = trust === 'stale' || trust === 'unknown'
  const place = organization === undefined ? '' : placeName(organization.name)
  const township = placeOf(state.board, organization)
  return {
    place,
    // A township's own channel says its name once.
    township: township === place ? '' : township,
    callsign: file.callsign ?? '',
    day: `${date.slice(5)} ${weekday}`,
    lost: !isLost
      ? ''
      : state.lostAt === null
        ? '还没有收到过数据'
        : `数据截至 ${agoWords(state.lostAt, state.now)}`,
  }
}

function branchOf(
  { state, file, detail }: Known,
  organization: Row<'organizations'>,
  village: string,
): BranchFacts | null {
  const branch = state.board.branches.get(organization.id)
  if (branch === undefined) return null
  const age = ageOf(freshnessOf(state, 'points'), state.now)
  const meetings = file.calendar.filter(({ isMeeting }) => isMeeting === true)
  const next = nextOf(meetings, state.now, village)
  const { tier, points, rank, rankBefore, members } = branch
  return {
    name: organization.name,
    state: branch.state,
    tier,
    points,
    rank,
    change: rankBefore - rank,
    members,
    month: Number(localDay(state.now).slice(5, 7)),
    age: age.words,
    isBroken: age.phase === 'error',
    meeting:
      next === undefined
        ? null
        : {
            title: next.entry.title,
            when: `${shortDay(localDay(next.startMs))} ${clockTime(next.startMs)}`,
            place: next.entry.place ?? '',
          },
    activities:
      detail?.activities.slice(0, most.activities).map(({ at, form, title }) => ({
        day: shortDay(localDay(instantMs(at))),
        words: `${formNames[form]} · ${title}`,
      })) ?? null,
  }
}

function rankingOf({ state, leaders }: Known, own: string | undefined) {
  const { words } = ageOf(freshnessOf(state, 'points'), state.now)
  return {
    kind: 'ranking' as const,
    month: Number(localDay(state.now).slice(5, 7)),
    until: words,
    leaders: leaders.slice(0, most.leaders).map(({ organization, branch }) => ({
      rank: branch.rank,
      name: organization.name,
      place: placeOf(state.board, organization),
      points: branch.points,
      isOwn: organization.id === own,
    })),
  }
}

function papers(title: string, from: string, pages: readonly string[]): readonly Paper[] {
  return pages.map((text, at) => ({ title, from, text, page: at + 1, pages: pages.length }))
}
