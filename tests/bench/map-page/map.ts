/** The wall's county map and nothing else: with flags or without, still, changing, or panned and zoomed. */
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import type { Row } from '../../../protocol/board.ts'
import type { Geo } from '../../../display/canvas/map/geometry.ts'
import type { MapPage } from '../map.ts'
import { CountyMap } from '../../../display/parts/CountyMap.tsx'

const el = document.querySelector<HTMLElement>('#stage')
if (el === null) throw new Error('index.html has no #stage')
const load = async (name: string): Promise<Geo['county']> =>
  (await fetch(`/geo/xintian/${name}.geojson`)).json() as Promise<Geo['county']>
const geo: Geo = { county: await load('county'), townships: await load('townships.approx') }

const root = createRoot(el)
let organizations = new Map<string, Row<'organizations'>>()
let branches = new Map<string, Row<'branches'>>()
let changed = 0
let shown = 0

function draw(): void {
  root.render(
    createElement(CountyMap, {
      key: shown,
      organizations,
      branches,
      geo,
      // The wall is 240 u wide.
      u: innerWidth / 240,
      reduced: false,
      unknown: false,
      hot: null,
      event: null,
    }),
  )
}

function branchRow(id: string, state: Row<'branches'>['state']): Row<'branches'> {
  return {
    id,
    state,
    members: 20,
    silentDays: 0,
    level: 0,
    activeToday: false,
    points: 0,
    rank: 1,
    rankBefore: 1,
    reason: null,
    tier: 'none',
  }
}

function change(count: number): void {
  const ids = [...branches.keys()]
  branches = new Map(branches)
  for (let each = 0; each < count; each += 1) {
    changed += 1
    const id = ids[(changed * 7) % ids.length] ?? ''
    branches.set(id, branchRow(id, branches.get(id)?.state === 'online' ? 'offline' : 'online'))
  }
  draw()
}

const page: MapPage = {
  showMap(rows) {
    shown += 1
    organizations = new Map(rows.map((row) => [row.id, row]))
    branches = new Map(rows.map(({ id }) => [id, branchRow(id, 'online')]))
    draw()
  },
  watchMap: ({ forMs, changesPerSecond, isMoving }) =>
    new Promise((resolve) => {
      const changing =
        changesPerSecond > 0 ? setInterval(() => change(changesPerSecond / 10), 100) : undefined
      const startedAt = performance.now()
      let frames = 0
      const frame = (): void => {
        frames += 1
        const elapsed = performance.now() - startedAt
        if (isMoving) {
          const phase = (elapsed / 1000) * Math.PI
          const scale = 1.4 + 0.4 * Math.sin(phase / 2)
          el.style.transform = `translate(${10 * Math.sin(phase)}%, ${8 * Math.cos(phase)}%) scale(${scale})`
        }
        if (elapsed < forMs) {
          requestAnimationFrame(frame)
          return
        }
        clearInterval(changing)
        el.style.transform = ''
        resolve((frames / elapsed) * 1000)
      }
      requestAnimationFrame(frame)
    }),
}
Object.assign(window, page)
