import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createWall, WallProvider } from './board.ts'
import { CountyFileProvider, fetchCountyFile } from './county.ts'
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
  isCvd: settings.isCvd,
  isMourning: settings.mode === 'mourning',
  palette: county.palette,
})

const wall = createWall({ now: Date.now() })
setInterval(() => wall.tick(Date.now()), 1_000)
const unfollow = followRelay(wall, {
  scope: county.code,
  socket: openSocket(),
  fetchJson,
  clock: Date.now,
  random: Math.random,
})
import.meta.hot?.dispose(unfollow)

const root = document.getElementById('root')
if (root === null) throw new Error('wall.html has no #root')
createRoot(root).render(
  <StrictMode>
    <WallProvider value={wall}>
      <CountyFileProvider value={county}>
        <Screen plan={plan} at={settings.at} />
      </CountyFileProvider>
    </WallProvider>
  </StrictMode>,
)
