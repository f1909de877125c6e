import { expect, it } from 'vitest'
import { readRollout, RolloutError, rowsMost } from './rollout.ts'

const place = {
  county: '431128',
  counties: ['431128'],
  divisions: {
    townships: [
      { code: '431128101', name: '金陵镇' },
      { code: '431128105', name: '石羊镇' },
    ],
    villages: [
      { code: '431128101201', name: '新村' },
      { code: '431128105201', name: '新村' },
      { code: '431128105202', name: '乐大晚村' },
    ],
  },
  isTaken: (name: string) => name === '已有',
}
const read = (...lines: readonly string[]) =>
  readRollout(new TextEncoder().encode(lines.join('\r\n')), place)
const heads = '名称,所在地,类型,受众,分组,场景,休眠,音量,遥控器'
function problemsOf(...lines: readonly string[]): readonly string[] {
  try {
    read(heads, ...lines)
    return []
  } catch (error) {
    if (!(error instanceof RolloutError)) throw error
    return error.problems.map(({ row, column, sentence }) => `${row} ${column}: ${sentence}`)
  }
}

it('takes names or codes, and what a kind of screen needs where a cell is empty', () => {
  const [tv, wall, hall] = read(
    '\ufeff' + heads,
    '文化广场,石羊镇 新村,电视,,一批,,22:00-06:30,40,tizen',
    '党建办,石羊镇,大屏,,,ranking video,,,',
    '',
    '大厅,431128,大屏,,,,,,',
  )
  expect(tv).toMatchObject({
    scope: '431128105201',
    audience: 'public',
    group: '一批',
    sleep: { from: '22:00', to: '06:30' },
    audio: 40,
    keyMap: { set: 'tizen' },
  })
  expect(wall).toMatchObject({ scope: '431128105', audience: 'township', audio: 0 })
  expect(wall?.scenes).toEqual(['ranking', 'video'])
  expect(hall?.audience).toBe('wall')
  expect(read('名称,所在地,类型', '村口,乐大晚村,电视')[0]?.scope).toBe('431128105202')
})

it('names every row that is wrong, its column, and what to write', () => {
  expect(
    problemsOf(
      ',石羊镇,大屏',
      'a,新村,电视',
      'b,无此镇,电视',
      'c,石羊镇,冰箱',
      'd,石羊镇,大屏,所有人',
      'e,石羊镇,大屏,,,nowhere',
      'f,石羊镇,大屏,,,,25:00-06:00',
      'g,乐大晚村,电视,,,,,101',
      'h,乐大晚村,电视,,,,,,万能',
      '已有,石羊镇,大屏',
      'i,石羊镇,大屏',
      'i,石羊镇,大屏',
      'j,511403,大屏',
    ),
  ).toEqual([
    '2 名称: 屏幕要有名称',
    '3 所在地: “新村”有 2 处重名:请写“乡镇 村”或 12 位代码',
    '4 所在地: 431128 没有“无此镇”:请写名称,或 6、9、12 位代码',
    '5 类型: “冰箱”应为 大屏、电视、平板',
    '6 受众: “所有人”应为 公众、指挥大厅、乡镇机关、县领导',
    expect.stringContaining('7 所在地: 没有场景 nowhere'),
    '8 休眠: 应写成 22:00-06:30',
    '9 音量: 应为 0–100 的整数',
    '10 遥控器: “万能”应为 pc、iptv、tizen、webos',
    '11 名称: 这里已有同名的屏幕',
    '13 名称: 与第 12 行重复',
    '14 所在地: 县代码 511403 不在本中心服务范围内',
  ])
})

it('refuses a table that is none, or too long', () => {
  expect(() => read('名称,类型')).toThrow('表头缺少 所在地')
  expect(() => read('名称,所在地,类型,颜色')).toThrow('不认识表头 颜色')
  expect(() => read(heads)).toThrow('没有屏幕')
  expect(() => read(heads, 'a,"石羊镇,大屏')).toThrow('读不出这张表')
  const many = Array.from({ length: rowsMost + 1 }, (_, at) => `屏${at},石羊镇,大屏`)
  expect(() => read(heads, ...many)).toThrow('一次至多')
})

it('reads what Excel saves in GB18030', () => {
  // 名称,所在地,类型 / 大厅,431128,大屏
  const bytes = Uint8Array.from(
    'c3fbb3c62ccbf9d4dab5d82cc0e0d0cd0ab4f3ccfc2c3433313132382cb4f3c6c1'.match(/../g) ?? [],
    (hex) => Number.parseInt(hex, 16),
  )
  expect(readRollout(bytes, place)[0]?.name).toBe('大厅')
})
