/** What is to be said of a site of the patrol: pure. */
import { isShown, type Ill, type Patrol, type Site, type Unwell } from '../../director/patrol.ts'
import type { Row } from '../../../protocol/board.ts'

export type Tone = 'shown' | 'next' | 'ill' | 'meeting' | 'seen' | 'unseen'

export interface Mark {
  /** One character, or the minutes since it was seen. */
  readonly text: string
  readonly tone: Tone
  readonly words: string
}

const minuteMs = 60_000
const most = 99
const ills: Readonly<Record<Ill['kind'], readonly [text: string, words: string]>> = {
  coming: ['断', '没有画面'],
  lost: ['断', '信号中断'],
  frozen: ['停', '画面停住'],
  unsupported: ['码', '此屏不能解码'],
}

const unwells: Readonly<Record<Unwell['kind'], readonly [text: string, words: string]>> = {
  dark: ['黑', '画面全黑'],
  frozen: ['停', '画面不动'],
  lost: ['断', '信号中断'],
}

export function illWords({ kind, why }: Ill): string {
  return why === '' ? ills[kind][1] : why
}

/** What the relay says of a lost one says more; of a dark or a frozen one the kind says it all. */
export function unwellWords({ kind, why }: Unwell): string {
  return kind === 'lost' && why !== '' ? why : unwells[kind][1]
}

export function markOf(patrol: Patrol, id: string, isMeeting: boolean): Mark {
  const ill = patrol.ills.get(id)
  if (ill !== undefined && !ill.isBack)
    return { text: ills[ill.kind][0], tone: 'ill', words: illWords(ill) }
  const unwell = patrol.sites.find((site) => site.id === id)?.unwell
  if (unwell !== undefined && !isShown(patrol, id))
    return { text: unwells[unwell.kind][0], tone: 'ill', words: unwellWords(unwell) }
  if (id === patrol.pin) return { text: '定', tone: 'shown', words: '已定看' }
  if (isShown(patrol, id)) return { text: '看', tone: 'shown', words: '正在看' }
  if (id === patrol.next[0]) return { text: '下', tone: 'next', words: '下一处' }
  const seen = patrol.seen.get(id)
  const tone = isMeeting ? 'meeting' : seen === undefined ? 'unseen' : 'seen'
  if (seen === undefined) return { text: '·', tone, words: '还没看过' }
  const minutes = Math.floor((patrol.now - seen) / minuteMs)
  return {
    text: String(Math.min(most, minutes)),
    tone,
    words: minutes === 0 ? '刚看过' : `${minutes} 分钟前看过`,
  }
}

export interface Group {
  readonly name: string
  readonly sites: readonly Site[]
}

/** By township, then those without territory; within, by id. */
export function groupsOf(
  sites: readonly Site[],
  nameOf: (organization: string) => readonly [key: string, name: string],
): readonly Group[] {
  const groups = new Map<string, { readonly name: string; readonly sites: Site[] }>()
  for (const site of sites) {
    const [key, name] = nameOf(site.organization)
    const group = groups.get(key) ?? { name, sites: [] }
    group.sites.push(site)
    groups.set(key, group)
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { name, sites: own }]) => ({
      name,
      sites: own.sort((a, b) => (a.id < b.id ? -1 : 1)),
    }))
}

/** As many groups a page as their rows fit; at least one. */
export function pagesOf(
  groups: readonly Group[],
  perRow: number,
  rows: number,
): readonly (readonly Group[])[] {
  const pages: Group[][] = []
  let left = 0
  for (const group of groups) {
    const taken = Math.ceil(group.sites.length / perRow)
    if (pages.length === 0 || taken > left) {
      pages.push([])
      left = rows
    }
    pages.at(-1)?.push(group)
    left -= taken
  }
  return pages
}

/** Those that a list names: ill ones as they are tried again, then meetings, the newest first. */
export function namedOf(
  { sites, ills: ill }: Patrol,
  streams: ReadonlyMap<string, Row<'streams'>>,
): readonly Site[] {
  const isIll = ({ id, unwell }: Site) => ill.get(id)?.isBack === false || unwell !== undefined
  const retryAt = ({ id }: Site) => ill.get(id)?.retryAt ?? 0
  const since = ({ id }: Site) => streams.get(id)?.since ?? ''
  return [
    ...sites.filter(isIll).sort((a, b) => retryAt(a) - retryAt(b)),
    ...sites
      .filter((site) => !isIll(site) && (streams.get(site.id)?.activity ?? null) !== null)
      .sort((a, b) => (since(a) < since(b) ? 1 : -1)),
  ]
}
