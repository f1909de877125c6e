import { expect, test } from 'vitest'
import { canvasOf } from '../kiosk/screen.ts'
import {
  acrossWall,
  alignToSeams,
  arrange,
  arrangeFlanks,
  flanksOn,
  noFlanks,
  type Laid,
} from './arrange.ts'
import type { Place, Scene } from './scene.ts'
import { seamsOf } from '../kiosk/seams.ts'

const widget = () => null
const place = (name: string, area: Place['area'], hold?: 'left' | 'right' | 'both'): Place => ({
  name,
  area,
  widget,
  ...(hold === undefined ? {} : { hold }),
})
const scene: Scene = {
  id: 'overview',
  title: '总览',
  seconds: 60,
  far: [],
  places: [
    place('预警', 'warnings', 'left'),
    place('地图', [61, 14, 118, 102], 'both'),
    place('动态', 'feed', 'right'),
    place('支部谱', 'spectrum'),
  ],
}
const boxes = (laid: readonly Laid[]) =>
  Object.fromEntries(laid.map(({ place: { name }, box }) => [name, box]))

test('a wall narrower than 16:9 is letterboxed, a wider one has more units beside each other', () => {
  expect(canvasOf(1920, 1200)).toEqual({ u: 8, widthU: 240 })
  expect(canvasOf(1920, 1080)).toEqual({ u: 8, widthU: 240 })
  expect(canvasOf(2560, 1080)).toEqual({ u: 8, widthU: 320 })
  expect(canvasOf(5760, 1620)).toEqual({ u: 12, widthU: 480 })
  expect(canvasOf(7680, 2160)).toEqual({ u: 16, widthU: 480 })
})

test('on 21:9 the wings keep their width and what is left widens the stage', () => {
  expect(flanksOn(320, 2).count).toBe(0)
  expect(boxes(arrange(scene.places, 320, noFlanks))).toEqual({
    预警: [4, 14, 54, 33],
    地图: [61, 14, 198, 102],
    动态: [262, 64.4, 54, 49.2],
    支部谱: [4, 117.9, 312, 12],
  })
})

test('on 32:9 two modules stand at each side, and the scene between them as on 16:9', () => {
  const two = flanksOn(480, 2)
  expect(two.count).toBe(2)
  const laid = boxes(arrange(scene.places, 480, two))
  expect(laid).toMatchObject({
    预警: [124, 14, 54, 33],
    地图: [181, 14, 118, 102],
    支部谱: [4, 117.9, 472, 12],
  })
  const modules = { left: [[place('甲', [4, 14, 54, 102])], [place('乙', [2, 14, 56, 40])]] }
  const around = {
    ...modules,
    right: [[place('丙', [2, 14, 56, 102])], [place('丁', [2, 14, 54, 102])]],
  }
  expect(boxes(arrangeFlanks(around, scene, 480, two))).toEqual({
    甲: [4, 14, 54, 102],
    乙: [62, 14, 56, 40],
    丙: [362, 14, 56, 102],
    丁: [422, 14, 54, 102],
  })
})

test('beside a scene without the spectrum the modules reach down to the footer', () => {
  const bare: Scene = { ...scene, places: [place('分布', [4, 14, 232, 46])] }
  const around = {
    left: [[place('甲', [4, 14, 54, 102])]],
    right: [[place('丙', [2, 14, 56, 47.4])]],
  }
  expect(boxes(arrangeFlanks(around, bare, 360, flanksOn(360, 2)))).toEqual({
    甲: [4, 14, 54, 115],
    丙: [302, 14, 56, 47.4],
  })
})

test('a scene that says nothing widens as a whole, its margins staying', () => {
  const bare: Scene = {
    ...scene,
    places: [place('左', [4, 14, 100, 46]), place('右', [120, 14, 116, 46])],
  }
  const { 左, 右 } = boxes(arrange(bare.places, 300, noFlanks))
  expect(左?.[0]).toBe(4)
  expect((右?.[0] ?? 0) + (右?.[2] ?? 0)).toBeCloseTo(296)
  expect(acrossWall('footer', 300)).toEqual([4, 130.9, 292, 2.6])
})

test('where panels meet the gaps between places stand on their seams, and a wide place reaches over', () => {
  const free = [
    place('分布', [4, 14, 232, 46]),
    place('金榜', [4, 62, 82, 66]),
    place('均分', [90, 62, 70, 66]),
    place('黄榜', [164, 62, 72, 66]),
  ]
  const seams = seamsOf({ columns: 3, rows: 3 }, 240, 135, 0)
  expect(boxes(alignToSeams(arrange(free, 240, noFlanks), seams))).toEqual({
    分布: [4, 14, 232, 46],
    金榜: [4, 62, 74, 66],
    均分: [82, 62, 76, 66],
    黄榜: [162, 62, 74, 66],
  })
})

test('modules that the seams of the panels would cut are as wide as a panel', () => {
  const of = (columns: number) => flanksOn(480, 2, seamsOf({ columns, rows: 3 }, 480, 135, 0))
  expect(of(6)).toEqual({ count: 1, moduleU: 80 })
  expect(of(5)).toEqual({ count: 1, moduleU: 96 })
  for (const columns of [2, 4, 8]) expect(of(columns)).toEqual({ count: 2, moduleU: 60 })
  const around = {
    left: [[place('甲', [4, 14, 54, 102])], [place('乙', [2, 14, 56, 40])]],
    right: [[place('丙', [2, 14, 56, 102])], [place('丁', [2, 14, 54, 102])]],
  }
  expect(boxes(arrangeFlanks(around, scene, 480, of(6)))).toEqual({
    甲: [4, 14, 74, 102],
    丁: [402, 14, 74, 102],
  })
})
