/**
 * Slides of village channels, for a browser that nobody sits before: `relay/channel` asks this page what each village's
 * slides say, has one drawn, and takes its picture.
 */
import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import type { BranchDetail } from '../../protocol/branch.ts'
import type { CountyFile } from '../../protocol/county-file.ts'
import type { ChannelDoor, ChannelVillage } from '../../protocol/channel.ts'
import { createWall } from '../board.ts'
import { isBranchDetail, isTelevisionFile } from '../checks.ts'
import { keepTime } from '../kiosk/ticks.ts'
import { followRelay } from '../link.ts'
import { ownOf, placeName, ranking, type Standing } from '../tv/facts/village.ts'
import { askAsPublic, openPublicSocket } from '../tv/public-link.ts'
import { emptyFile } from '../tv/television.ts'
import { applyTvTheme, keepUnit } from '../tv/theme.ts'
import { fileEveryMs } from '../tv/trust.ts'
import { placeOf } from '../words.ts'
import { programmeOf, standbyOf, type Slide } from './facts.ts'
import { guideOf } from './guide.ts'
import { SlideView } from './Slides.tsx'

/** Who leads is told as it stood at the last full five minutes: two hundred villages are not drawn anew with each entry. */
const leadersMs = 300_000
const detailMs = 600_000
const askAgainMs = 5_000
const shownLeaders = 8

const place = document.getElementById('root')
if (place === null) throw new Error('channel.html has no #root')
const root = createRoot(place)

function follow(county: CountyFile): ChannelDoor {
  applyTvTheme(document.documentElement, county.palette)
  const wall = createWall({ now: Date.now() })
  let file = emptyFile(county.code)
  let isFileKnown = false
  const details = new Map<string, { readonly at: number; detail: BranchDetail | undefined }>()
  let leaders: { readonly at: number; readonly rows: readonly Standing[] } = { at: -1, rows: [] }

  followRelay(wall, {
    scope: county.code,
    socket: openPublicSocket(),
    fetchJson: askAsPublic,
    clock: Date.now,
    random: Math.random,
  })
  keepTime(wall, Date.now)
  void (async function askFile() {
    try {
      const told = await askAsPublic(`/v1/television/${county.code}`)
      if (isTelevisionFile(told)) file = told
      isFileKnown = true
    } catch (error) {
      // What is known stays; the slides say where the relay is lost.
      console.warn(String(error))
    }
    setTimeout(() => void askFile(), isFileKnown ? fileEveryMs : askAgainMs)
  })()

  function detailOf(id: string): BranchDetail | undefined {
    const now = Date.now()
    const kept = details.get(id)
    if (kept !== undefined && now - kept.at < detailMs) return kept.detail
    const next = { at: now, detail: kept?.detail }
    details.set(id, next)
    askAsPublic(`/v1/branches/${encodeURIComponent(id)}`).then(
      (told) => {
        if (isBranchDetail(told)) next.detail = told
      },
      (error: unknown) => console.warn(String(error)),
    )
    return next.detail
  }
  function leadersNow(): readonly Standing[] {
    const { board, now } = wall.store.getState()
    const at = Math.floor(now / leadersMs)
    if (at !== leaders.at || leaders.rows.length === 0)
      leaders = { at, rows: ranking(board, null).slice(0, shownLeaders) }
    return leaders.rows
  }

  return {
    isReady: () => isFileKnown && wall.store.getState().board.organizations.size > 0,
    villages() {
      const { board } = wall.store.getState()
      const all: ChannelVillage[] = []
      for (const each of board.organizations.values())
        if (each.group === 'territory')
          all.push({
            id: each.id,
            place: placeName(each.name),
            township: placeOf(board, each),
          })
      return all.sort((a, b) => (a.id < b.id ? -1 : 1))
    },
    programmes(villages) {
      const state = wall.store.getState()
      return villages.map((village) => {
        const own = ownOf(state.board, village)
        const detail = own === undefined ? undefined : detailOf(own.id)
        const { slides, onAir } = programmeOf(
          { state, file, detail, leaders: leadersNow() },
          village,
        )
        return { village, slides: slides.map((slide) => JSON.stringify(slide)), onAir }
      })
    },
    guide: (villages) => guideOf(villages, file, wall.store.getState()),
    standby: () => JSON.stringify(standbyOf(county.masthead)),
    async show(slide) {
      flushSync(() => root.render(<SlideView slide={JSON.parse(slide) as Slide} />))
      await document.fonts.ready
    },
  }
}

keepUnit(document.documentElement)
document.documentElement.dataset['motion'] = 'reduced'
void (async function start() {
  const code = new URLSearchParams(location.search).get('county')
  const path = code !== null && /^\d{6}$/.test(code) ? `/v1/county/${code}` : '/v1/county'
  for (;;)
    try {
      window.flagwallChannel = follow((await askAsPublic(path)) as CountyFile)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, askAgainMs))
    }
})()
