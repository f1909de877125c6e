import { StrictMode, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { CountyFile } from '../protocol/county-file.ts'
import type { ScreenConfig, WhoAmI } from '../protocol/screens.ts'
import { createWall, WallProvider } from './board.ts'
import { agree } from './director/agreement.ts'
import { createPinning } from './director/pinning.ts'
import { createRemote, keptWall, newWall } from './director/remote.ts'
import { CountyFileProvider, fetchCountyFile, homeOf, ownCode } from './county.ts'
import { createFleet, sceneInHash } from './fleet/fleet.ts'
import { planFor, shapeOf } from './fleet/obeyed.ts'
import { Overlay } from './fleet/Overlay.tsx'
import { engineOf } from './kiosk/engine.ts'
import { keepTime } from './kiosk/ticks.ts'
import { fetchJson, followRelay, openSocket } from './link.ts'
import { joinBy, post, startPairing, ticketIn } from './pairing/pair.ts'
import { Pairing } from './pairing/Pairing.tsx'
import { Screen } from './scenes/Screen.tsx'
import { planOf, readSettings } from './settings.ts'
import { applyTheme } from './theme/theme.ts'
import { fetchWho, followRights } from './who.ts'

/** A link of a roll-out; where it was used already a person lets the screen in. */
const ticket = ticketIn(location.hash)

/** Who this browser is, after a link that it was opened by has let it in. */
async function enter(): Promise<WhoAmI> {
  const told = await fetchWho()
  if (ticket === null) return told
  const isLetIn = told.screen === null && (await joinBy(ticket, post))
  history.replaceState(null, '', location.pathname + location.search)
  return isLetIn ? fetchWho() : told
}

const [{ screen }, asked] = await Promise.all([
  enter(),
  fetchCountyFile(readSettings(location.search).county),
])
const isElsewhere = screen !== null && homeOf() === null && screen.county !== asked.code
const county = isElsewhere ? await fetchCountyFile(screen.county) : asked
// Whoever visits another division does it at this wall.
const own = homeOf() === null ? county : await fetchCountyFile(ownCode())
const settings = readSettings(location.search, own.wall)
const askedPlan = await planOf(settings, fetchJson)
const shape = shapeOf(screen, settings)
applyTheme(document.documentElement, {
  isLed: settings.isLed,
  isFar: settings.isFar,
  isCvd: settings.isCvd,
  isMourning: settings.mode === 'mourning',
  palette: county.palette,
})

let drawn: Root | undefined
function draw(node: ReactNode): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('wall.html has no #root')
  drawn ??= createRoot(root)
  drawn.render(<StrictMode>{node}</StrictMode>)
}

function drawPairing({ masthead }: CountyFile): void {
  const pair = startPairing({
    request: { profile: 'wall', engine: engineOf(navigator.userAgent) },
    post,
    clock: Date.now,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
  import.meta.hot?.dispose(() => pair.stop())
  draw(<Pairing pair={pair} masthead={masthead} onPaired={() => location.reload()} />)
}

function drawWall(): void {
  const wall = createWall({ now: Date.now() })
  const socket = openSocket()
  const isPart = shape.cut.columns * shape.cut.rows > 1
  const joined = isPart ? `${county.code}/${shape.wall}` : keptWall(county.code)
  const agreement = agree(wall, { socket, id: joined, clock: Date.now })
  const id = joined ?? newWall(county.code)
  const remote = createRemote({ socket, agreement, id })
  const pinning = createPinning(wall, { socket, agreement, id })
  if (screen !== null) followRights(screen, { socket, fetchWho, reload: () => location.reload() })
  const fleet = createFleet({
    wall,
    reload: () => location.reload(),
    open: (path) => location.assign(path),
    configure,
    sceneOf: sceneInHash,
  })
  fleet.attach(socket)
  const stopTime = keepTime(wall, Date.now)
  const unfollow = followRelay(wall, {
    scope: county.code,
    socket,
    fetchJson,
    clock: Date.now,
    random: Math.random,
  })
  import.meta.hot?.dispose(() => {
    stopTime()
    agreement.stop()
    unfollow()
  })
  drawAs(screen)

  function configure(told: ScreenConfig): void {
    // Another part of a wall is another seat among its browsers, and what is no wall is another page.
    const before = JSON.stringify([screen?.size ?? null, screen?.profile])
    if (JSON.stringify([told.size, told.profile]) !== before) location.reload()
    else {
      // What was on is named there, and would stay on although it may be none of the new ones.
      history.replaceState(null, '', location.pathname + location.search)
      drawAs(told)
    }
  }

  function drawAs(as: ScreenConfig | null): void {
    const plan = planFor(as, askedPlan)
    draw(
      <WallProvider value={wall}>
        <CountyFileProvider value={county}>
          {shape.mistake === null ? (
            <Screen
              plan={plan}
              at={settings.at}
              key={JSON.stringify(plan)}
              cut={shape.cut}
              panels={shape.panels}
              isFar={settings.isFar}
              motion={settings.motion}
              isHeld={settings.isHeld}
              agreement={agreement}
              remote={remote}
              pinning={pinning}
            />
          ) : (
            <p className="mistake">{shape.mistake}</p>
          )}
          <Overlay fleet={fleet} />
        </CountyFileProvider>
      </WallProvider>,
    )
  }
}

// Somebody has made it a television.
if (screen?.profile === 'tv') location.replace('/tv')
else if (screen === null && (settings.asksForPairing || ticket !== null)) drawPairing(county)
else drawWall()
