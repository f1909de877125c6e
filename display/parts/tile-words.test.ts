import { expect, it } from 'vitest'
import { wordsOf, type Shown, type TileMoment } from './tile-words.ts'

const now = Date.parse('2026-06-18T09:32:20+08:00')
const moment: TileMoment = {
  playing: null,
  isCut: false,
  hasStill: false,
  now,
  since: now - 12_000,
  offsetMs: 1_000,
}
const told = { since: now - 13_000, retryAt: now + 29_000 }

it.each<readonly [Shown, Partial<TileMoment>, string, string]>([
  ['connecting', { hasStill: true }, '连接中', '已 12 秒 · 显示缩略图'],
  [
    'lost',
    { playing: { kind: 'lost', why: '信号源拒绝连接', ...told } },
    '信号中断',
    '信号源拒绝连接 · 30 秒后重试',
  ],
  [
    'lost',
    { playing: { kind: 'lost', why: '', ...told } },
    '信号中断',
    '09:32:08 起 · 30 秒后重试',
  ],
  ['lost', { isCut: true }, '信号中断', '汇聚中心恢复后接入'],
  [
    'refused',
    { playing: { kind: 'refused', why: '无权观看此信号', ...told } },
    '无权观看此信号',
    '获准后自动接入 · 30 秒后重试',
  ],
  [
    'waiting',
    { playing: { kind: 'waiting', since: 0, why: '同时拉流已到上限 32 路，有空位时自动接入' } },
    '排队等待',
    '同时拉流已到上限 32 路，有空位时自动接入',
  ],
  [
    'unsupported',
    { playing: { kind: 'unsupported', codec: 'hev1' } },
    '此屏不能解码',
    '编码 hev1 · 请改用 H.264',
  ],
  ['unsupported', {}, '此屏不能解码', '请换用新的浏览器'],
  ['still', { hasStill: true }, '', '本屏同时播放已满 · 空出后自动接入'],
  ['empty', {}, '当前无直播', '有支部开播后自动接入'],
])('a tile that is %s says so and what happens next', (state, rest, title, next) => {
  expect(wordsOf(state, { ...moment, ...rest })).toEqual({ title, next })
})
