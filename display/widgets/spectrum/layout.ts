/** 支部谱 as geometry: one line a branch, grouped by township, sorted by points, offline last. Pure. */
import type { Board, Row } from '../../../protocol/board.ts'
import { branchesPerLine, groupGapU, lineRoom } from '../../parts/branch-line.ts'

export type LineTone = 'gold' | 'red' | 'yellow' | 'orange' | 'plate' | 'slate'

export interface Line {
  readonly id: string
  /** Township code, or the name of a group without territory. */
  readonly group: string
  /** Device px. */
  readonly x: number
  readonly width: number
  readonly height: number
  readonly tone: LineTone
  /** Held an activity today. */
  readonly cap: boolean
}

export interface GroupLabel {
  readonly group: string
  readonly x: number
  readonly width: number
  readonly text: string
  readonly figures: string
}

export interface Spectrum {
  readonly lines: readonly Line[]
  readonly labels: readonly GroupLabel[]
  /** Branches behind one line: 1, or 5 when there is no room for more. */
  readonly each: 1 | 5
}

const barsU = 9.75
const stubU = 0.4
const capGapU = 0.55
const captionU = 1.75
const lineShare = 0.68
const extraGroups = [
  ['organ', '县直机关'],
  ['enterprise', '两新组织'],
  ['floating', '流动党委'],
] as const

export function toneOf(branch: Row<'branches'>): LineTone {
  if (branch.state === 'offline') return 'slate'
  if (branch.level === 4) return 'plate'
  if (branch.level === 3) return 'orange'
  if (branch.level === 2) return 'yellow'
  return branch.tier === 'gold' ? 'gold' : 'red'
}

interface Group {
  readonly id: string
  readonly name: string
  readonly branches: Row<'branches'>[]
}

export function groupsOf(board: Pick<Board, 'organizations' | 'branches' | 'townships'>): Group[] {
  const groups = new Map<string, Group>()
  for (const township of [...board.townships.values()].sort((a, b) => (a.id < b.id ? -1 : 1)))
    groups.set(township.id, { id: township.id, name: township.name, branches: [] })
  for (const [key, name] of extraGroups) groups.set(key, { id: key, name, branches: [] })
  for (const branch of board.branches.values()) {
    const organization = board.organizations.get(branch.id)
    if (organization === undefined) continue
    const group = groups.get(organization.township) ?? groups.get(organization.group)
    group?.branches.push(branch)
  }
  for (const group of groups.values())
    group.branches.sort(
      (a, b) =>
        Number(a.state === 'offline') - Number(b.state === 'offline') ||
        b.points - a.points ||
        (a.id < b.id ? -1 : 1),
    )
  return [...groups.values()].filter((group) => group.branches.length > 0)
}

/** 门楼下瑶族乡 → 门楼下, 龙泉街道 → 龙泉 */
export function shortName(name: string): string {
  return name.replace(/(瑶族乡|街道|组织|党委|机关|镇|乡)$/, '')
}

export function layoutSpectrum(
  board: Pick<Board, 'organizations' | 'branches' | 'townships'>,
  widthPx: number,
  uPx: number,
): Spectrum {
  const groups = groupsOf(board)
  const count = groups.reduce((sum, group) => sum + group.branches.length, 0)
  if (count === 0) return { lines: [], labels: [], each: 1 }
  const room = lineRoom(groups.length, widthPx, uPx)
  const each = branchesPerLine(count, groups.length, widthPx, uPx)
  const slots = groups.reduce((sum, group) => sum + Math.ceil(group.branches.length / each), 0)
  const pitch = room / slots
  // Whole px would make a thin line half its pitch, and the red of the whole wall a third darker.
  const snap = pitch * lineShare < 2 ? (px: number) => px : Math.round
  const top = Math.max(
    1,
    ...groups.flatMap((group) => group.branches.map((branch) => branch.points)),
  )
  const lines: Line[] = []
  const labels: GroupLabel[] = []
  let x = 0
  for (const { id: group, name, branches } of groups) {
    const start = x
    for (let index = 0; index < branches.length; index += each) {
      const [branch] = branches.slice(index, index + each)
      if (branch === undefined) continue
      const tone = toneOf(branch)
      const share = tone === 'slate' ? 0 : Math.max(0, branch.points) / top
      lines.push({
        id: branch.id,
        group,
        x: snap(x),
        width: Math.max(1, snap(pitch * lineShare)),
        height: Math.max(stubU * uPx, share * (barsU - capGapU) * uPx),
        tone,
        cap: branches.slice(index, index + each).some((one) => one.activeToday),
      })
      x += pitch
    }
    const online = branches.filter((branch) => branch.state !== 'offline').length
    const width = x - start
    labels.push({
      group,
      x: start,
      width,
      ...labelOf(name, `${online}/${branches.length}`, (width + groupGapU * uPx * 0.6) / uPx),
    })
    x += groupGapU * uPx
  }
  return { lines, labels, each }
}

/** As much of the label as fits: a cut name is no name. */
function labelOf(name: string, figures: string, roomU: number): { text: string; figures: string } {
  const nameU = name.length * captionU
  if (nameU + (figures.length + 1) * captionU * 0.5 <= roomU) return { text: name, figures }
  if (nameU <= roomU) return { text: name, figures: '' }
  const short = shortName(name)
  return short.length * captionU <= roomU ? { text: short, figures: '' } : { text: '', figures: '' }
}
