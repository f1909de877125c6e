import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createWall, WallProvider } from './board.ts'
import { CountyFileProvider, fetchCountyFile } from './county.ts'
import { fetchJson, followRelay, openSocket } from './link.ts'
import { Screen } from './scenes/Screen.tsx'
import { applyTheme } from './theme/theme.ts'

const query = new URLSearchParams(location.search)
const county = await fetchCountyFile(query.get('visit') ?? query.get('county'))
applyTheme(document.documentElement, {
  led: query.get('profile') === 'led',
  cvd: query.get('cvd') === 'on',
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
        <Screen />
      </CountyFileProvider>
    </WallProvider>
  </StrictMode>,
)
