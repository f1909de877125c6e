/** A village's television: it begins with what the box has kept, and follows the relay as soon as that answers. */
import { createRoot } from 'react-dom/client'
import type { CountyFile } from '../../protocol/county-file.ts'
import { createWall, WallProvider } from '../board.ts'
import { camerasAfter, createVideoLink } from '../canvas/video/video-link.ts'
import { CountyFileProvider } from '../county.ts'
import { createFleet } from '../fleet/fleet.ts'
import { Overlay } from '../fleet/Overlay.tsx'
import { keepTime } from '../kiosk/ticks.ts'
import { followRelay } from '../link.ts'
import { engineOf } from '../kiosk/engine.ts'
import { joinBy, startPairing, ticketIn } from '../pairing/pair.ts'
import { readKept } from './facts/kept.ts'
import { followFile, hearRemote, keepBoard } from './follow.ts'
import { createMembership, keepScreen, keptScreen, villageOf } from './membership.ts'
import { upmost, type Route } from './stack.ts'
import { askAsPublic, askWho, openPublicSocket, post, videoAddress } from './public-link.ts'
import {
  createTelevision,
  keptVillage,
  remoteOf,
  TelevisionProvider,
  type Television,
} from './television.ts'
import { TelevisionScreen } from './TelevisionScreen.tsx'
import { applyTvTheme, keepUnit } from './theme.ts'
import { askAgainMs } from './trust.ts'

const countyKey = 'flagwall-tv-county'
/** By so much a box's clock may be behind the relay's. */
const clockSlackMs = 10_000
/** Older than any figure that still counts as of now. */
const oldMs = 120_000

const query = new URLSearchParams(location.search)
const root = document.getElementById('root')
if (root === null) throw new Error('tv.html has no #root')

/** Of a screen of the fleet what somebody has set it to, else the address's word. */
const askedCounty = (): string | null => keptScreen(localStorage)?.county ?? query.get('county')

/** The county file that the box has kept; null before the first. */
function keptCounty(): CountyFile | null {
  const county = JSON.parse(localStorage.getItem(countyKey) ?? 'null') as CountyFile | null
  const asked = askedCounty()
  return county !== null && (asked === null || county.code === asked) ? county : null
}

async function askCounty(): Promise<CountyFile> {
  const code = askedCounty()
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

/** A box that has no village yet is let in by its code, but for the relay's own machine. */
async function isStranger(): Promise<boolean> {
  const screen = keptScreen(localStorage)
  const isPlaced = query.get('village') !== null || keptVillage(localStorage) !== null
  const asks = query.get('pair') === 'on'
  if (screen !== null || (isPlaced && !asks && ticketIn(location.hash) === null)) return false
  for (;;) {
    try {
      const ticket = ticketIn(location.hash)
      const told = await askWho()
      const isLetIn = told.screen === null && ticket !== null && (await joinBy(ticket, post))
      const who = isLetIn ? await askWho() : told
      keepScreen(localStorage, who.screen)
      return who.screen === null && (asks || who.audience !== 'wall')
    } catch {
      await new Promise((resolve) => setTimeout(resolve, askAgainMs))
    }
  }
}

async function begin(county: CountyFile): Promise<void> {
  const routes: readonly Route[] | undefined = (await isStranger())
    ? [{ page: 'pairing' }]
    : undefined
  const screen = keptScreen(localStorage)
  // Only now it is known whose it is.
  if (screen !== null && screen.county !== county.code) start(await askCounty(), routes)
  else start(county, routes)
}

function start(county: CountyFile, routes: readonly Route[] | undefined): void {
  const scope = county.code
  applyTvTheme(document.documentElement, county.palette)
  const screen = keptScreen(localStorage)
  const village = villageOf(screen) ?? query.get('village') ?? keptVillage(localStorage)
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
    configure: (told) => membership.apply(told),
  })
  let unfollow = () => {}
  const follow = () => {
    unfollow()
    const socket = openPublicSocket()
    fleet.attach(socket)
    membership.attach(socket)
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
      startPair: () =>
        startPairing({
          request: { profile: 'tv', engine: engineOf(navigator.userAgent) },
          post,
          clock: Date.now,
          wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        }),
      onPaired: () => location.reload(),
      leave: () => history.go(-2),
      clock: () => performance.now(),
    },
    {
      village,
      ...(kept === null ? {} : { file: kept.file, fileAt: kept.at }),
      screen,
      remote: remoteOf(localStorage, navigator.userAgent, query.get('keys'), screen),
      ...(routes === undefined ? {} : { routes }),
    },
  )
  const membership = createMembership(television, {
    shelf: localStorage,
    askWho,
    reload: () => location.reload(),
  })
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

keepUnit(document.documentElement)
document.documentElement.dataset['motion'] = query.get('motion') === 'full' ? 'full' : 'reduced'
applyTvTheme(document.documentElement)
const county = keptCounty()
if (county === null) {
  root.className = 'tv'
  root.innerHTML = '<p class="tv-first">正在连接汇聚中心,连上后自动显示</p>'
  void askCounty().then((first) => {
    root.className = ''
    return begin(first)
  })
} else {
  void begin(county)
  void askCounty()
}
