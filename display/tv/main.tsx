/** A village's television: it begins with what the box has kept, and follows the relay as soon as that answers. */
import { createRoot } from 'react-dom/client'
import type { CountyFile } from '../../protocol/county-file.ts'
import { createWall, WallProvider, type Wall } from '../board.ts'
import { camerasAfter, createVideoLink } from '../canvas/video/video-link.ts'
import { isTelevisionFile } from '../checks.ts'
import { CountyFileProvider } from '../county.ts'
import { createFleet } from '../fleet/fleet.ts'
import { Overlay } from '../fleet/Overlay.tsx'
import { keepTime } from '../kiosk/ticks.ts'
import { followRelay } from '../link.ts'
import { keep, readKept } from './facts/kept.ts'
import { listenToRemote, trapHistory } from './keys/listen.ts'
import { upmost } from './stack.ts'
import { askAsPublic, openPublicSocket, videoAddress } from './public-link.ts'
import {
  createTelevision,
  keptVillage,
  remoteOf,
  TelevisionProvider,
  type Television,
} from './television.ts'
import { TelevisionScreen } from './TelevisionScreen.tsx'
import { applyTvTheme, keepUnit } from './theme.ts'
import { fileEveryMs } from './trust.ts'

const countyKey = 'flagwall-tv-county'
const keepEveryMs = 60_000
const askAgainMs = 5_000
/** By so much a box's clock may be behind the relay's. */
const clockSlackMs = 10_000
/** Older than any figure that still counts as of now. */
const oldMs = 120_000
/** Between a back key and the step of the history that some boxes make of it. */
const sameBackMs = 400

const query = new URLSearchParams(location.search)
const root = document.getElementById('root')
if (root === null) throw new Error('tv.html has no #root')

/** The county file that the box has kept; null before the first. */
function keptCounty(): CountyFile | null {
  const county = JSON.parse(localStorage.getItem(countyKey) ?? 'null') as CountyFile | null
  const asked = query.get('county')
  return county !== null && (asked === null || county.code === asked) ? county : null
}

async function askCounty(): Promise<CountyFile> {
  const code = query.get('county')
  const path = code !== null && /^\d{6}$/.test(code) ? `/v1/county/${code}` : '/v1/county'
  for (;;) {
    try {
      const county = (await askAsPublic(path)) as CountyFile
      localStorage.setItem(countyKey, JSON.stringify(county))
      return county
    } catch {
      // The relay is not there yet: the page says so, and asks again.
      await new Promise((resolve) => setTimeout(resolve, askAgainMs))
    }
  }
}

function start(county: CountyFile): void {
  const scope = county.code
  applyTvTheme(document.documentElement, county.palette)
  const village = query.get('village') ?? keptVillage(localStorage)
  const kept = village === null ? null : readKept(localStorage, scope, village)
  // A box's clock may begin in 1970: then it says nothing, and what was kept is old in any case.
  const isWrong = kept !== null && Date.now() < kept.at - clockSlackMs
  const offsetMs = isWrong ? kept.at + oldMs - Date.now() : 0
  const wall = createWall({
    now: Date.now() + offsetMs,
    offsetMs,
    ...(kept === null ? {} : { board: kept.board, lostAt: kept.at }),
  })
  const fleet = createFleet({
    wall,
    reload: () => location.reload(),
    open: (path) => location.assign(path),
    sceneOf: () => upmost(television.stack.store.getState()).page,
  })
  let unfollow = () => {}
  const follow = () => {
    unfollow()
    const socket = openPublicSocket()
    fleet.attach(socket)
    unfollow = followRelay(wall, {
      scope,
      socket,
      fetchJson: askAsPublic,
      clock: Date.now,
      random: Math.random,
    })
  }
  const video = createVideoLink(videoAddress(scope), (told) =>
    television.store.setState(({ cameras }) => ({ cameras: camerasAfter(cameras, told) })),
  )
  const television: Television = createTelevision(
    {
      scope,
      storage: localStorage,
      fetchJson: askAsPublic,
      video,
      retry: follow,
      leave: () => history.go(-2),
      clock: () => performance.now(),
    },
    {
      village,
      ...(kept === null ? {} : { file: kept.file, fileAt: kept.at }),
      remote: remoteOf(localStorage, navigator.userAgent, query.get('keys')),
    },
  )
  keepTime(wall, Date.now)
  follow()
  followFile(television, wall)
  keepBoard(television, wall)
  hearRemote(television)
  createRoot(root as HTMLElement).render(
    <CountyFileProvider value={county}>
      <WallProvider value={wall}>
        <TelevisionProvider value={television}>
          <TelevisionScreen />
          <div className="tv-fleet">
            <Overlay fleet={fleet} />
          </div>
        </TelevisionProvider>
      </WallProvider>
    </CountyFileProvider>,
  )
}

/** Lessons, columns and notices, asked for again and again: a notice must not wait for a restart. */
function followFile({ scope, store, fetchJson }: Television, wall: Wall): void {
  const ask = async () => {
    try {
      const file = await fetchJson(`/v1/television/${scope}`)
      if (isTelevisionFile(file)) store.setState({ file, fileAt: wall.store.getState().now })
    } catch (error) {
      // What is there stays, and grows old; the pages say until when it holds.
      console.warn(String(error))
    }
    const hasNone = store.getState().fileAt === null
    setTimeout(() => void ask(), hasNone ? askAgainMs : fileEveryMs)
  }
  void ask()
}

function keepBoard({ scope, storage, store }: Television, wall: Wall): void {
  const save = () => {
    const { board, connection, now, epoch } = wall.store.getState()
    const { village, file, fileAt } = store.getState()
    if (connection !== 'live' || epoch === null || village === null || fileAt === null) return
    keep(storage, { board, at: now, scope, village, file })
  }
  setInterval(save, keepEveryMs)
  // The first board and the first file, not a minute later.
  wall.store.subscribe((state, before) => {
    if (state.epoch !== before.epoch) save()
  })
  store.subscribe((state, before) => {
    if (state.fileAt !== null && (before.fileAt === null || state.village !== before.village))
      save()
  })
}

function hearRemote({ stack, store, dispatcher, clock }: Television): void {
  let backAt = -Infinity
  listenToRemote(window, {
    remoteOf: () => store.getState().remote,
    dispatch(action) {
      if (action === 'back') backAt = clock()
      return dispatcher.dispatch(action)
    },
    onStrange: () => stack.open({ page: 'keys' }),
  })
  trapHistory(window, () => {
    if (clock() - backAt > sameBackMs) dispatcher.dispatch('back')
  })
}

keepUnit(document.documentElement)
document.documentElement.dataset['motion'] = query.get('motion') === 'full' ? 'full' : 'reduced'
applyTvTheme(document.documentElement)
const county = keptCounty()
if (county === null) {
  root.className = 'tv'
  root.innerHTML = '<p class="tv-first">正在连接汇聚中心,连上后自动显示</p>'
  void askCounty().then((first) => {
    root.className = ''
    start(first)
  })
} else {
  start(county)
  void askCounty()
}
