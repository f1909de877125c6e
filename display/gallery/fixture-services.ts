/** Services of the gallery's county: more than any one county has, so that every form of them is to be seen. */
import type { Row } from '../../protocol/board.ts'
import type { Puts } from '../../protocol/frames.ts'
import { dayNumber, dayOfNumber } from '../../protocol/time.ts'

const items = ['老年证办理', '临时救助申请', '医保报销代办', '生育服务登记', '农机补贴申报']
const goods = ['保温杯', '党章读本', '雨伞', '食用油', '洗衣液', '毛巾', '笔记本']
const crops = ['烤烟', '三味辣椒', '陶岭贡米', '红薯粉', '土鸡蛋', '蜂蜜', '山茶油', '黄桃']

const station = (
  kind: 'station' | 'house',
  level: 'county' | 'township' | 'village',
  places: number,
  of: number,
): Row<'stations'> => ({ id: `${kind}/${level}`, kind, level, stations: places, places, of })

/** `today` as 2026-06-18. */
export function serviceTables(
  organizations: readonly Row<'organizations'>[],
  today: string,
): Pick<Puts, 'stations' | 'communities' | 'teams' | 'goods' | 'honours' | 'prices' | 'services'> {
  const own = organizations.filter(({ id }) => id.startsWith('431128001-')).slice(0, 30)
  const day = (ago: number) => dayOfNumber(dayNumber(today) - ago)
  return {
    stations: [
      station('station', 'county', 1, 1),
      station('station', 'township', 13, 13),
      station('station', 'village', 221, 239),
      station('house', 'village', 64, 239),
    ],
    communities: own.map(({ id }, index) => ({
      id,
      due: 8,
      done: 8 - (index % 4),
      dueMonth: 144,
      doneMonth: 144 - index * 3,
      rank: index + 1,
    })),
    teams: Array.from({ length: 84 }, (_, index) => ({
      id: `team-${index}`,
      name: `金陵镇志愿服务团第${index + 1}队`,
      kind: index % 3 === 2 ? ('expert' as const) : ('volunteer' as const),
      isOut: index % 5 === 0,
    })),
    goods: goods.map((name, index) => ({
      id: `goods-${index}`,
      name,
      points: 60 + index * 45,
      stock: (index * 17) % 51,
    })),
    honours: Array.from({ length: 6 }, (_, index) => ({
      id: `honour-${index}`,
      title: index % 2 === 0 ? '优秀共产党员' : '先进基层党组织',
      name: index % 2 === 0 ? '黄*平' : null,
      organization: own[index]?.id ?? '',
      at: `${day(index * 9)}T10:00:00+08:00`,
    })),
    prices: crops.map((name, index) => ({
      id: `price-${index}`,
      at: `${day(index)}T09:00:00+08:00`,
      kind: 'product' as const,
      name,
      price: index === 7 ? 0 : 4.5 + index * 3,
      unit: index === 2 ? null : '斤',
    })),
    services: Array.from({ length: 46 }, (_, index) => ({
      id: `item-${index}`,
      at: `${day(index)}T08:00:00+08:00`,
      title: `${items[index % items.length]}(${index + 1})`,
      days: index % 9 === 8 ? null : index % 7,
    })),
  }
}
