/** The wall's map stage and nothing else: with flags or without, still, changing, or panned and zoomed. */
import { createMapStage } from '../../../display/canvas/map/flag-layer.ts'

const el = document.querySelector('#stage')
const load = async (name) => (await fetch(`/geo/xintian/${name}.geojson`)).json()
const geo = { county: await load('county'), townships: await load('townships.approx') }
/** px of one u: the wall is 240 u wide. */
const u = () => innerWidth / 240

let stage
let organizations = new Map()
let branches = new Map()
let changed = 0

function row(id, state) {
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

function change(count) {
  const ids = [...branches.keys()]
  const next = new Map(branches)
  for (let each = 0; each < count; each += 1) {
    changed += 1
    const id = ids[(changed * 7) % ids.length]
    next.set(id, row(id, next.get(id).state === 'online' ? 'offline' : 'online'))
  }
  branches = next
  stage.update(organizations, branches)
}

/** Empty unless told which organisations stand on the map. */
window.showMap = (rows) => {
  stage?.dispose()
  el.style.transform = ''
  stage = createMapStage(el, geo, { u: u(), reduced: false })
  organizations = new Map(rows.map((each) => [each.id, each]))
  branches = new Map(rows.map((each) => [each.id, row(each.id, 'online')]))
  if (rows.length > 0) stage.update(organizations, branches)
}

/** Frames a second over `forMs`, and the longest frame, while the map does what is asked. */
window.watchMap = ({ forMs, changesPerSecond, isMoving }) =>
  new Promise((resolve) => {
    const changing =
      changesPerSecond > 0 ? setInterval(() => change(changesPerSecond / 10), 100) : undefined
    const startedAt = performance.now()
    let frames = 0
    const frame = () => {
      frames += 1
      const elapsed = performance.now() - startedAt
      if (isMoving) {
        const phase = (elapsed / 1000) * Math.PI
        el.style.transform = `translate(${10 * Math.sin(phase)}%, ${8 * Math.cos(phase)}%) scale(${1.4 + 0.4 * Math.sin(phase / 2)})`
      }
      if (elapsed < forMs) requestAnimationFrame(frame)
      else {
        clearInterval(changing)
        el.style.transform = ''
        resolve((frames / elapsed) * 1000)
      }
    }
    requestAnimationFrame(frame)
  })
window.isReady = true
