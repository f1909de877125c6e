/** Many screens from one table: each row one screen, all of them or none. Pure. */
import { parse } from 'csv-parse/sync'
import { Value } from 'typebox/value'
import { Profile, ScreenAudience, ScreenSettings } from '../../protocol/screens.ts'
import { cleanText } from '../http/text.ts'
import type { Divisions } from '../roster/divisions.ts'
import { mistakeIn } from './settings.ts'

export interface RowProblem {
  /** As spreadsheets count, the heads being 1. */
  readonly row: number
  readonly column: string | null
  readonly sentence: string
}

/** Nothing of the table was done. */
export class RolloutError extends Error {
  override readonly name = 'RolloutError'
  readonly problems: readonly RowProblem[]
  constructor(message: string, problems: readonly RowProblem[] = []) {
    super(message)
    this.problems = problems
  }
}

export const rowsMost = 2_000
const columns = [
  '名称',
  '所在地',
  '类型',
  '受众',
  '分组',
  '场景',
  '休眠',
  '音量',
  '遥控器',
] as const
type Column = (typeof columns)[number]
const needed: readonly Column[] = ['名称', '所在地', '类型']

const profiles = { 大屏: 'wall', 电视: 'tv', 平板: 'tablet' } as const satisfies Record<
  string,
  Profile
>
const audiences = {
  公众: 'public',
  指挥大厅: 'wall',
  乡镇机关: 'township',
  县领导: 'county',
} as const satisfies Record<string, ScreenAudience>

interface Place {
  /** Six digits: whose names are meant. */
  readonly county: string
  readonly divisions: Divisions
  /** Divisions that the relay serves. */
  readonly counties: readonly string[]
  /** A screen of this name hangs there already. */
  readonly isTaken: (name: string, scope: string) => boolean
}

class Wrong extends Error {
  readonly column: Column
  constructor(column: Column, sentence: string) {
    super(sentence)
    this.column = column
  }
}

/** Throws `RolloutError`, with every row that is wrong. */
export function readRollout(bytes: Uint8Array, place: Place): readonly ScreenSettings[] {
  const rows = rowsOf(bytes)
  const heads = (rows[0] ?? []).map((head) => head.trim())
  const missing = needed.filter((name) => !heads.includes(name))
  if (missing.length > 0) throw new RolloutError(`表头缺少 ${missing.join('、')}`)
  const strange = heads.filter((head) => head !== '' && !columns.includes(head as Column))
  if (strange.length > 0)
    throw new RolloutError(`不认识表头 ${strange.join('、')}:可用 ${columns.join('、')}`)
  if (rows.length - 1 > rowsMost)
    throw new RolloutError(`一次至多 ${rowsMost} 块屏幕,表中有 ${rows.length - 1} 行`)
  const screens: ScreenSettings[] = []
  const problems: RowProblem[] = []
  const firstAt = new Map<string, number>()
  for (const [index, cells] of rows.entries()) {
    if (index === 0 || cells.every((cell) => cell.trim() === '')) continue
    const row = index + 1
    const cell = (name: Column) => (cells[heads.indexOf(name)] ?? '').trim()
    try {
      const screen = screenOf(cell, place)
      const key = `${screen.scope} ${screen.name}`
      const first = firstAt.get(key)
      if (first !== undefined) throw new Wrong('名称', `与第 ${first} 行重复`)
      firstAt.set(key, row)
      screens.push(screen)
    } catch (error) {
      if (!(error instanceof Wrong)) throw error
      problems.push({ row, column: error.column, sentence: error.message })
    }
  }
  if (problems.length > 0)
    throw new RolloutError(`表中有 ${problems.length} 行有误,没有建立任何屏幕`, problems)
  if (screens.length === 0) throw new RolloutError('表中没有屏幕')
  return screens
}

/** What Excel writes here: UTF-8, or GB18030 where it is not that. */
function rowsOf(bytes: Uint8Array): readonly (readonly string[])[] {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      return parse(text, { relax_column_count: true, skip_empty_lines: false, bom: true })
    } catch (error) {
      if (!(error instanceof TypeError))
        throw new RolloutError('读不出这张表:请另存为“CSV UTF-8(逗号分隔)”', [])
    }
  }
  throw new RolloutError('文件编码无法识别:请另存为“CSV UTF-8(逗号分隔)”')
}

function screenOf(cell: (name: Column) => string, place: Place): ScreenSettings {
  const name = cleanText(cell('名称'))
  if (name === '') throw new Wrong('名称', '屏幕要有名称')
  if ([...name].length > 40) throw new Wrong('名称', '名称至多 40 字')
  const scope = scopeOf(cell('所在地'), place)
  const profile = wordIn('类型', cell('类型'), profiles)
  const isTv = profile === 'tv'
  const own = isTv || scope.length === 12 ? '公众' : scope.length === 9 ? '乡镇机关' : '指挥大厅'
  const settings: ScreenSettings = {
    name,
    county: scope.slice(0, 6),
    scope,
    audience: wordIn('受众', cell('受众') || own, audiences),
    profile,
    scenes: cell('场景')
      .split(/[、,\s]+/)
      .filter((each) => each !== ''),
    size: null,
    keyMap: { set: remoteOf(cell('遥控器'), isTv), learned: {} },
    sleep: sleepOf(cell('休眠')),
    audio: audioOf(cell('音量'), isTv),
    group: cleanText(cell('分组')) || null,
  }
  if (!Value.Check(ScreenSettings, settings)) {
    const [first] = Value.Errors(ScreenSettings, settings)
    throw first?.instancePath === '/group'
      ? new Wrong('分组', '分组至多 20 字')
      : new Wrong('场景', '场景写得不对')
  }
  const mistake = mistakeIn(settings, place.counties)
  if (mistake !== undefined) throw new Wrong('所在地', mistake)
  if (place.isTaken(name, scope)) throw new Wrong('名称', '这里已有同名的屏幕')
  return settings
}

function wordIn<T extends string>(column: Column, word: string, words: Record<string, T>): T {
  const found = words[word]
  if (found === undefined)
    throw new Wrong(column, `“${word.slice(0, 20)}”应为 ${Object.keys(words).join('、')}`)
  return found
}

/** A code, a township's name, or a village's, with its township before it where there are several. */
function scopeOf(text: string, { county, divisions }: Place): string {
  if (/^\d{6}(\d{3}(\d{3})?)?$/.test(text)) return text
  const [first = '', second] = text.split(/[\s·]+/)
  const { townships, villages } = divisions
  const towns = townships.filter(({ name }) => name === first)
  const found =
    second === undefined && towns.length > 0
      ? towns
      : villages.filter(
          ({ name, code }) =>
            name === (second ?? first) &&
            (second === undefined || towns.some((town) => code.startsWith(town.code))),
        )
  const [only] = found
  if (only !== undefined && found.length === 1) return only.code
  throw new Wrong(
    '所在地',
    found.length > 1
      ? `“${text}”有 ${found.length} 处重名:请写“乡镇 村”或 12 位代码`
      : `${county} 没有“${text.slice(0, 30)}”:请写名称,或 6、9、12 位代码`,
  )
}

function sleepOf(text: string): ScreenSettings['sleep'] {
  if (text === '') return null
  const time = '([01]\\d|2[0-3]):[0-5]\\d'
  const [from, to] = text.split('-')
  if (!new RegExp(`^${time}-${time}$`).test(text) || from === undefined || to === undefined)
    throw new Wrong('休眠', '应写成 22:00-06:30')
  return { from, to }
}

function audioOf(text: string, isTv: boolean): number {
  if (text === '') return isTv ? 50 : 0
  if (!/^\d{1,3}$/.test(text) || Number(text) > 100) throw new Wrong('音量', '应为 0–100 的整数')
  return Number(text)
}

function remoteOf(text: string, isTv: boolean): ScreenSettings['keyMap']['set'] {
  const word = text || (isTv ? 'iptv' : 'pc')
  return wordIn('遥控器', word, { pc: 'pc', iptv: 'iptv', tizen: 'tizen', webos: 'webos' })
}
