import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import type { CountyFile } from '../protocol/county-file.ts'
import { createWall, WallProvider } from './board.ts'
import { agree } from './director/agreement.ts'
import { createPinning } from './director/pinning.ts'
import { createRemote, keptWall, newWall } from './director/remote.ts'
import { CountyFileProvider, fetchCountyFile, homeOf, ownCode } from './county.ts'
import { createFleet, sceneInHash } from './fleet/fleet.ts'
import { Overlay } from './fleet/Overlay.tsx'
import { engineOf } from './kiosk/engine.ts'
import { keepTime } from './kiosk/ticks.ts'
import { fetchJson, followRelay, openSocket } from './link.ts'
import { post, startPairing } from './pairing/pair.ts'
import { Pairing } from './pairing/Pairing.tsx'
import { Screen } from './scenes/Screen.tsx'
import { planOf, readSettings } from './settings.ts'
import { applyTheme } from './theme/theme.ts'
import { fetchWho, followRights } from './who.ts'

const [{ screen }, asked] = await Promise.all([
  fetchWho(),
  fetchCountyFile(readSettings(location.search).county),
])
const isElsewhere = screen !== null && homeOf() === null && screen.county !== asked.code
const county = isElsewhere ? await fetchCountyFile(screen.county) : asked
// Whoever visits another division does it at this wall.
const own = homeOf() === null ? county : await fetchCountyFile(ownCode())
const settings = readSettings(location.search, own.wall)
const plan = await planOf(settings, fetchJson)
applyTheme(document.documentElement, {
  isLed: settings.isLed,
  isFar: settings.isFar,
  isCvd: settings.isCvd,
  isMourning: settings.mode === 'mourning',
  palette: county.palette,
})

function draw(node: ReactNode): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('wall.html has no #root')
  createRoot(root).render(<StrictMode>{node}</StrictMode>)
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
  const isPart = settings.cut.columns * settings.cut.rows > 1
  const joined = isPart ? `${county.code}/${settings.wall}` : keptWall(county.code)
  const agreement = agree(wall, { socket, id: joined, clock: Date.now })
  const id = joined ?? newWall(county.code)
  const remote = createRemote({ socket, agreement, id })
  const pinning = createPinning(wall, { socket, agreement, id })
  if (screen !== null) followRights(screen, { socket, fetchWho, reload: () => location.reload() })
  const fleet = createFleet({
    wall,
    reload: () => location.reload(),
    open: (path) => location.assign(path),
    configure: () => location.reload(),
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
  draw(
    <WallProvider value={wall}>
      <CountyFileProvider value={county}>
        {settings.mistake === null ? (
          <Screen
            plan={plan}
            at={settings.at}
            cut={settings.cut}
            panels={settings.panels}
            isFar={settings.isFar}
            motion={settings.motion}
            isHeld={settings.isHeld}
            agreement={agreement}
            remote={remote}
            pinning={pinning}
          />
        ) : (
          <p className="mistake">{settings.mistake}</p>
        )}
        <Overlay fleet={fleet} />
      </CountyFileProvider>
    </WallProvider>,
  )
}

if (screen === null && settings.asksForPairing) drawPairing(county)
else drawWall()
