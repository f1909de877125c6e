/** Floating members of the gallery's county: where they went, and their organisations there. */
import type { Row } from '../../protocol/board.ts'
import type { Puts } from '../../protocol/frames.ts'
import { dayNumber, dayOfNumber } from '../../protocol/time.ts'

/** In the order of the organisations of the group; the last two are committees. */
export const floatingNames: readonly string[] = [
  '驻东莞第三流动党支部',
  '驻东莞第一流动党支部',
  '驻东莞第二流动党支部',
  '驻东莞第四流动党支部',
  '驻东莞第五流动党支部',
  '驻深圳第一流动党支部',
  '驻深圳第二流动党支部',
  '驻深圳第三流动党支部',
  '驻广州第一流动党支部',
  '驻广州第二流动党支部',
  '驻广州第三流动党支部',
  '驻佛山流动党支部',
  '驻长沙流动党支部',
  '驻惠州流动党支部',
  '驻东莞流动党委',
  '驻广州流动党委',
]

/** city, members, branches, attached, joined, origins */
const cities = [
  ['广州', 641, 3, 520, 431, 31],
  ['佛山', 214, 1, 176, 141, 12],
  ['东莞', 1_127, 5, 1_020, 873, 46],
  ['深圳', 586, 3, 498, 402, 27],
  ['长沙', 168, 1, 120, 112, 9],
  ['惠州', 96, 1, 41, 33, 8],
  ['中山', 72, 0, 0, 0, 6],
  ['珠海', 48, 0, 0, 0, 5],
  ['永州', 34, 0, 0, 0, 4],
] as const

export function floatingTables(
  branches: readonly Row<'branches'>[],
  today: string,
): Pick<Puts, 'destinations' | 'floating'> {
  const own = branches.filter(({ id }) => id.startsWith('floating-'))
  return {
    destinations: cities.map(([city, members, count, attached, joined, origins]) => ({
      id: city,
      city,
      members,
      branches: count,
      attached,
      joined,
      origins,
      hosts: 0,
    })),
    floating: own.map(({ id, members, silentDays, activeToday }, index) => ({
      id,
      city: cities.find(([city]) => floatingNames[index]?.includes(city))?.[0] ?? '',
      activities: (index * 3) % 5,
      joined: index === 9 ? 0 : Math.round(members * 0.83),
      lastOn: dayOfNumber(dayNumber(today) - (activeToday ? 0 : silentDays)),
    })),
  }
}
