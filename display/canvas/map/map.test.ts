import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { lookOf, rankOf, type Brush, type Mark } from './flag-mark.ts'
import { createPainter, type View } from './flag-painter.ts'
import { followRows, samePlaces, type Rows } from './follow.ts'
import { contains, entryPoint, layLand, nudge, type Outline, type Site } from './geometry.ts'

const read = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../public/geo/xintian/${name}`, import.meta.url), 'utf8'),
  ) as Outline
const land = layLand({
  county: read('county.geojson'),
  townships: read('townships.approx.geojson'),
})
const codes = [...land.townships.keys()]

const branch = (fields: Partial<Row<'branches'>>): Row<'branches'> => ({
  id: 'a',
  state: 'online',
  members: 10,
  silentDays: 0,
  level: 0,
  activeToday: false,
  points: 0,
  rank: 1,
  rankBefore: 1,
  reason: null,
  tier: 'none',
  ...fields,
})
const organization = (id: string): Row<'organizations'> => ({
  id,
  name: id,
  kind: 'branch',
  group: 'territory',
  township: codes[0] ?? '',
  lng: null,
  lat: null,
})

describe('places', () => {
  const crowd: Site[] = codes.flatMap((township) =>
    Array.from({ length: 58 }, (_, i) => ({
      id: `${township}-${i}`,
      township,
      // A third on one spot, a third without coordinates, a third beyond the border.
      at:
        i % 3 === 0
          ? (land.townships.get(township)?.center ?? null)
          : i % 3 === 1
            ? null
            : { x: -50, y: -50 },
    })),
  )
  const stood = nudge(crowd, land.townships)

  test('no flag is ever nudged across its township’s border', () => {
    expect(stood.size).toBe(crowd.length)
    for (const { id, township } of crowd) {
      const at = stood.get(id)
      const home = land.townships.get(township)
      expect(at && home && contains(home.shape, at.x, at.y), id).toBe(true)
    }
  })

  test('flags on one spot are told apart', () => {
    const points = [...stood.values()]
    let close = 0
    for (const p of points)
      if (points.some((q) => q !== p && Math.hypot(p.x - q.x, p.y - q.y) < 12)) close++
    expect(close / points.length).toBeLessThan(0.03)
  })

  test('a flag stands at the same place after a restart', () => {
    expect(nudge(crowd, land.townships)).toEqual(stood)
  })

  test('every leader ends inside its township', () => {
    for (const township of land.townships.values()) {
      for (const x of [-200, 1200]) {
        const end = entryPoint(township, { x, y: 600 }, 16)
        expect(contains(township.shape, end.x, end.y), township.code).toBe(true)
      }
    }
  })
})

describe('looks', () => {
  test('live comes before active today, active before silent, silent before online', () => {
    expect(lookOf(branch({ state: 'live', activeToday: true, level: 4 }))).toBe('live')
    expect(lookOf(branch({ state: 'silent', activeToday: true, level: 2 }))).toBe('active')
    expect(lookOf(branch({ state: 'silent', level: 3 }))).toBe('orange')
    expect(lookOf(branch({ state: 'online' }))).toBe('online')
    expect(lookOf(branch({ state: 'offline' }))).toBe('offline')
  })

  test('a branch nobody reports on is unknown, never online', () => {
    expect(lookOf(undefined)).toBe('unknown')
  })

  test('warnings lie above active flags, active above online', () => {
    expect(rankOf('red')).toBeGreaterThan(rankOf('active'))
    expect(rankOf('active')).toBeGreaterThan(rankOf('online'))
  })
})

describe('following the board', () => {
  const organizations = new Map(['a', 'b', 'c'].map((id) => [id, organization(id)]))
  const branches = new Map(['a', 'b', 'c'].map((id) => [id, branch({ id })]))
  const places = new Map(['a', 'b', 'c'].map((id, i) => [id, { x: i * 10, y: 0 }]))
  const first = { organizations, branches }

  test('only the flag whose row changed is put', () => {
    const drawn = new Map<string, Mark>()
    expect(followRows(null, first, places, drawn, 16, 1.375).put).toHaveLength(3)
    const next = {
      organizations,
      branches: new Map(branches).set('b', branch({ id: 'b', state: 'offline' })),
    }
    expect(followRows(first, next, places, drawn, 16, 1.375)).toMatchObject({
      put: [{ id: 'b', look: 'offline' }],
      gone: [],
    })
  })

  test('a row that changes only its points moves no flag', () => {
    const drawn = new Map<string, Mark>()
    followRows(null, first, places, drawn, 16, 1.375)
    const next = {
      organizations,
      branches: new Map(branches).set('b', branch({ id: 'b', points: 99 })),
    }
    expect(followRows(first, next, places, drawn, 16, 1.375).put).toEqual([])
  })

  test('a committee stands out on the map, and takes no more than its place in a rack', () => {
    const one: Rows = {
      organizations: new Map([['a', { ...organization('a'), kind: 'committee' as const }]]),
      branches: new Map([['a', branch({ id: 'a' })]]),
    }
    const heightIn = (isRack: boolean) =>
      followRows(null, one, places, new Map(), 16, 1.375, isRack).put[0]?.height
    expect(heightIn(false)).toBe(44)
    expect(heightIn(true)).toBe(22)
  })

  test('a renamed branch keeps its place; a moved one does not', () => {
    const a = organization('a')
    expect(samePlaces(organizations, new Map(organizations).set('a', { ...a, name: 'new' }))).toBe(
      true,
    )
    expect(
      samePlaces(organizations, new Map(organizations).set('a', { ...a, lng: 112, lat: 26 })),
    ).toBe(false)
  })
})

describe('the painter', () => {
  const brush = new Proxy({}, { get: () => () => undefined, set: () => true }) as Brush
  const view: View = {
    width: 900,
    height: 900,
    originX: 0,
    originY: 0,
    u: 16,
    unit: 22,
    ratio: 1,
    cloth: '#F03428',
  }
  function stand() {
    const frames: (() => void)[] = []
    const timers: { at: number; run: () => void }[] = []
    let now = 0
    const painter = createPainter({ width: 0, height: 0 } as OffscreenCanvas, {
      context: () => brush,
      sheet: (width, height) => ({ width, height }) as OffscreenCanvas,
      now: () => now,
      nextFrame: (run) => void frames.push(run),
      later: (ms, run) => {
        timers.push({ at: now + ms, run })
        return () => undefined
      },
    })
    const mark = (i: number, look: Mark['look']): Mark => ({
      id: `m${i}`,
      x: 50 + (i % 9) * 90,
      y: 50 + Math.floor(i / 9) * 90,
      look,
      height: 22,
    })
    painter.obey({ do: 'view', view })
    painter.obey({
      do: 'marks',
      put: Array.from({ length: 81 }, (_, i) => mark(i, 'online')),
      gone: [],
    })
    const paint = () => frames.splice(0).forEach((run) => run())
    paint()
    return { painter, frames, timers, paint, mark, pass: (ms: number) => (now += ms) }
  }

  test('one changed flag redraws only itself', () => {
    const { painter, paint, mark } = stand()
    expect(painter.stamped()).toBe(81)
    painter.obey({ do: 'marks', put: [mark(40, 'yellow')], gone: [] })
    paint()
    expect(painter.stamped()).toBe(1)
  })

  test('an idle map asks for no frames', () => {
    expect(stand().frames).toHaveLength(0)
  })

  test('an event runs, rests while it holds, settles, and ends', () => {
    const { painter, frames, timers, paint, pass } = stand()
    painter.obey({ do: 'celebrate', id: 'm3', delayMs: 0, reduced: false })
    expect(frames).toHaveLength(0)
    let now = 0
    const runTo = (until: number) => {
      while (now < until) {
        now += 20
        pass(20)
        for (const t of timers.splice(0)) {
          if (t.at <= now) t.run()
          else timers.push(t)
        }
        paint()
      }
    }
    runTo(1200)
    expect(frames).toHaveLength(1)
    runTo(3000)
    expect(frames).toHaveLength(0)
    runTo(6300)
    expect(frames).toHaveLength(1)
    runTo(7400)
    expect(frames).toHaveLength(0)
  })
})
