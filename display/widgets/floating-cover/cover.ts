/** How far floating members are in an organisation and take part, as lines of a number and what it means. Pure. */
import type { Board, Row } from '../../../protocol/board.ts'
import type { Totals } from '../../../protocol/measures.ts'
import { thousands } from '../../words.ts'

export interface CoverLine {
  readonly id: string
  readonly label: string
  readonly note: string
  readonly value: number
  readonly unit: string
  /** Asks for somebody's attention. */
  readonly isLate: boolean
}

const shareOf = (part: number, whole: number) =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)}%`

/** Rules by which somebody away was not heard of in time. */
const contactRules = { lost: '失联', away: '外出未转接', abroad: '出国未联系' } as const

function contactOf(warnings: Board['warnings']): Pick<CoverLine, 'value' | 'note' | 'isLate'> {
  const sums = { lost: 0, away: 0, abroad: 0 }
  for (const { rule, amount } of warnings.values())
    if (rule === 'lost' || rule === 'away' || rule === 'abroad') sums[rule] += amount
  const value = sums.lost + sums.away + sums.abroad
  const told = (['lost', 'away', 'abroad'] as const).filter((rule) => sums[rule] > 0)
  return {
    value,
    isLate: value > 0,
    note:
      value === 0
        ? '没有超期未联系的党员'
        : told.map((rule) => `${contactRules[rule]} ${thousands(sums[rule])}`).join(' · '),
  }
}

export function coverOf(
  county: Row<'county'>,
  totals: Totals | undefined,
  { destinations, warnings }: Pick<Board, 'destinations' | 'warnings'>,
  most: number,
): readonly CoverLine[] {
  const sum = (of: (row: Row<'destinations'>) => number) =>
    [...destinations.values()].reduce((n, row) => n + of(row), 0)
  const attached = sum((row) => row.attached)
  const joined = sum((row) => row.joined)
  const { floatingMembers, members } = county
  const own: CoverLine[] = [
    {
      id: 'members',
      label: '流动党员',
      note: members === 0 ? '' : `占全县党员 ${shareOf(floatingMembers, members)}`,
      value: floatingMembers,
      unit: '人',
      isLate: false,
    },
    {
      id: 'attached',
      label: '已编入流入地组织',
      note: `占 ${shareOf(attached, floatingMembers) || '0%'} · 其余由家乡支部联系`,
      value: attached,
      unit: '人',
      isLate: false,
    },
    {
      id: 'joined',
      label: '本月参加组织生活',
      note:
        attached === 0
          ? '按到会最多的一次计'
          : `占已编入 ${shareOf(joined, attached)} · 按到会最多的一次计`,
      value: joined,
      unit: '人',
      isLate: false,
    },
    { id: 'contact', label: '联系超期', unit: '人', ...contactOf(warnings) },
  ]
  const t = totals
  const also: readonly (readonly [string, string, number | undefined, string, string])[] = [
    ['willing', '有返乡意向', t?.floatingWilling, '人', '支部逐人了解'],
    ['exchanges', '线上交流', t?.floatingExchanges, '人次', '平台开通以来'],
    ['meetings', '线上会议', t?.floatingMeetings, '次', '平台开通以来'],
    ['notices', '发给流动党员的通知', t?.floatingNotices, '条', '平台开通以来'],
    [
      'destination',
      '去向清楚',
      t?.profilesDestination,
      '人',
      `建档 ${thousands(t?.profiles ?? 0)} 人`,
    ],
  ]
  return [
    ...own,
    ...also.flatMap(([id, label, value, unit, note]) =>
      value === undefined || value === 0 ? [] : [{ id, label, note, value, unit, isLate: false }],
    ),
  ].slice(0, most)
}
