import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createWall, WallProvider } from './board.ts'
import { agree } from './director/agreement.ts'
import { createRemote, keptWall, newWall } from './director/remote.ts'
import { CountyFileProvider, fetchCountyFile } from './county.ts'
import { keepTime } from './kiosk/ticks.ts'
import { fetchJson, followRelay, openSocket } from './link.ts'
import { Screen } from './scenes/Screen.tsx'
import { planOf, readSettings } from './settings.ts'
import { applyTheme } from './theme/theme.ts'

const settings = readSettings(location.search)
const [county, plan] = await Promise.all([
  fetchCountyFile(settings.county),
  planOf(settings, fetchJson),
])
applyTheme(document.documentElement, {
  isLed: settings.isLed,
  isFar: settings.isFar,
  isCvd: settings.isCvd,
  isMourning: settings.mode === 'mourning',
  palette: county.palette,
})

const wall = createWall({ now: Date.now() })
const socket = openSocket()
const isPart = settings.cut.columns * settings.cut.rows > 1
const joined = isPart ? `${county.code}/${settings.wall}` : keptWall(county.code)
const agreement = agree(wall, { socket, id: joined, clock: Date.now })
const remote = createRemote({ socket, agreement, id: joined ?? newWall(county.code) })
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

const root = document.getElementById('root')
if (root === null) throw new Error('wall.html has no #root')
createRoot(root).render(
  <StrictMode>
    <WallProvider value={wall}>
      <CountyFileProvider value={county}>
        {settings.mistake === null ? (
          <Screen
            plan={plan}
            at={settings.at}
            cut={settings.cut}
            panels={settings.panels}
            isFar={settings.isFar}
            agreement={agreement}
            remote={remote}
          />
        ) : (
          <p className="mistake">{settings.mistake}</p>
        )}
      </CountyFileProvider>
    </WallProvider>
  </StrictMode>,
)
