import { expect, it } from 'vitest'
import { judge, unseen, type Judgement, type Look, type Picture } from './judge.ts'

const second = 1_000
const minute = 60 * second
const start = Date.parse('2026-06-18T09:00:00+08:00')
const greysOf = (grey: number, spread = 20): Uint8Array =>
  Uint8Array.from({ length: 64 }, (_, at) => grey + (at % 2 === 0 ? spread : -spread))
const room = greysOf(120)
const slide = greysOf(200)

/** Looks that follow each other: at so many ms, two key frames of so many ms between them. */
function looking() {
  let judged: Judgement = unseen(start)
  let frame = 0
  const picture = (at: number, hash: string, greys: Uint8Array): Picture => ({
    at: start + at,
    hash,
    greys,
  })
  return {
    /** Pictures that differ by their noise, or all equal where they have a name. */
    see(at: number, greys: Uint8Array, name?: string): Judgement {
      const pictures = [0, 2 * second].map((later) =>
        picture(at + later, name ?? `frame ${(frame += 1)}`, greys),
      )
      return (judged = judge(judged, { kind: 'seen', pictures }))
    },
    miss(at: number): Judgement {
      const look: Look = { kind: 'missed', at: start + at, why: '信号源拒绝连接' }
      return (judged = judge(judged, look))
    },
    now: () => judged,
  }
}

/** A camera that has been seen to live for so many looks, ten minutes apart. */
function living(looks = 12) {
  const camera = looking()
  for (let look = 0; look < looks; look += 1) camera.see(look * 10 * minute, room)
  return camera
}

it('is well as soon as a picture was seen', () => {
  expect(unseen(start).state).toBe('unknown')
  expect(looking().see(0, room)).toMatchObject({ state: 'ok', since: start, okAt: start + 2_000 })
})

it('is frozen within half a minute where it moved before, counted from the picture that stands', () => {
  const camera = living()
  expect(camera.see(130 * minute, room, 'hung')).toMatchObject({ state: 'ok', isInDoubt: true })
  const judged = camera.see(130 * minute + 20 * second, room, 'hung')
  expect(judged).toMatchObject({
    state: 'frozen',
    since: start + 130 * minute,
    why: '画面静止不动',
  })
  expect(camera.see(140 * minute, room, 'hung')).toMatchObject({
    state: 'frozen',
    since: judged.since,
  })
})

it('is well again with the first picture that differs', () => {
  const camera = living()
  camera.see(130 * minute, room, 'hung')
  camera.see(131 * minute, room, 'hung')
  expect(camera.now().state).toBe('frozen')
  expect(camera.see(140 * minute, room)).toMatchObject({
    state: 'ok',
    since: start + 140 * minute,
    isInDoubt: false,
  })
})

it('is not taken for frozen when it shows a slide, though it moved before', () => {
  const camera = living()
  for (let look = 0; look < 12; look += 1)
    expect(camera.see((130 + look * 10) * minute, slide, 'slide 1').state).toBe('ok')
  for (let look = 0; look < 12; look += 1)
    expect(camera.see((260 + look * 10) * minute, slide, 'slide 2').state).toBe('ok')
})

it('is not taken for frozen before a wall of which its filter leaves no noise', () => {
  const camera = looking()
  for (let look = 0; look < 20; look += 1)
    expect(camera.see(look * 10 * minute, room, 'wall').state).toBe('ok')
})

it('is not taken for frozen where only now and then two pictures differ', () => {
  const camera = looking()
  // Of ten neighbours one differs, as where a filter lets through what is strong.
  for (let look = 0; look < 60; look += 1) {
    const state = camera.see(
      look * 10 * second,
      room,
      look % 5 === 0 ? undefined : `n${look - (look % 5)}`,
    )
    expect(state.state).toBe('ok')
  }
})

it('is frozen after hours of one picture, whatever was seen before', () => {
  const camera = looking()
  for (let look = 0; look <= 23; look += 1) camera.see(look * 10 * minute, room, 'hung')
  expect(camera.now().state).toBe('ok')
  expect(camera.see(240 * minute, room, 'hung')).toMatchObject({ state: 'frozen', since: start })
})

it('is not frozen by one disturbance of a moment', () => {
  const camera = living()
  camera.see(130 * minute, room, 'held')
  expect(camera.see(130 * minute + 5 * second, room, 'held').state).toBe('ok')
  expect(camera.see(130 * minute + 10 * second, room)).toMatchObject({
    state: 'ok',
    isInDoubt: false,
  })
})

it('is dark at nothing but black, seen twice, and not in a room with a lamp at night', () => {
  const camera = living()
  const black = greysOf(2, 1)
  const lamp = greysOf(2, 1).fill(250, 0, 3)
  expect(camera.see(130 * minute, lamp).state).toBe('ok')
  expect(camera.see(131 * minute, black)).toMatchObject({
    state: 'dark',
    since: start + 131 * minute,
  })
  // Equal black pictures are dark, not frozen.
  expect(camera.see(132 * minute, black, 'black').state).toBe('dark')
  expect(camera.see(133 * minute, black, 'black').state).toBe('dark')
  expect(camera.see(134 * minute, room).state).toBe('ok')
})

it('is lost when two looks in a row find no picture, with the reason and since the first of them', () => {
  const camera = living(1)
  expect(camera.miss(10 * minute)).toMatchObject({ state: 'ok', isInDoubt: true })
  expect(camera.miss(11 * minute)).toMatchObject({
    state: 'lost',
    since: start + 10 * minute,
    okAt: start + 2_000,
    why: '信号源拒绝连接',
    isInDoubt: false,
  })
  expect(camera.see(20 * minute, room)).toMatchObject({ state: 'ok', why: undefined })
  expect(camera.miss(30 * minute).state).toBe('ok')
})

it('fades what it knew of a camera whose filter was set anew', () => {
  const camera = living(100)
  for (let look = 0; look < 8; look += 1) camera.see((1_000 + look * 10) * minute, room, `f${look}`)
  const { compared, differed } = camera.now()
  expect(compared).toBeLessThan(80)
  expect(differed).toBeLessThan(compared)
})
