/** `?view=tv&state=stale#ranking`: one page of a village's television; after the `#` stands its name, or a route as JSON. */
import { useEffect, useMemo } from 'react'
import type { CountyFile } from '../../protocol/county-file.ts'
import { WallProvider } from '../board.ts'
import { CountyFileProvider } from '../county.ts'
import { listenToRemote } from '../tv/keys/listen.ts'
import type { Route } from '../tv/stack.ts'
import { createTelevision, TelevisionProvider } from '../tv/television.ts'
import { TelevisionScreen } from '../tv/TelevisionScreen.tsx'
import { applyTvTheme, keepUnit } from '../tv/theme.ts'
import { fixturePair, fixtureVillage, televisionIn } from './fixture-television.ts'
import { wallIn, type State } from './states.ts'

function asked(): Route {
  const page = decodeURIComponent(location.hash.slice(1)) || 'home'
  return page.startsWith('{') ? (JSON.parse(page) as Route) : ({ page } as Route)
}

/** Nothing is kept, and nobody answers. */
function makeTelevision(state: State) {
  const kept = new Map<string, string>()
  const television = createTelevision(
    {
      scope: '431128',
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
      },
      fetchJson: () => Promise.reject(new Error('the gallery has no relay')),
      video: null,
      retry: () => undefined,
      startPair: fixturePair,
      onPaired: () => undefined,
      leave: () => undefined,
      clock: () => performance.now(),
    },
    {
      village: fixtureVillage,
      ...televisionIn(state),
      remote: { set: 'pc', learned: {} },
    },
  )
  listenToRemote(window, {
    remoteOf: () => television.store.getState().remote,
    dispatch: television.dispatcher.dispatch,
    onStrange: () => television.stack.open({ page: 'keys' }),
  })
  keepUnit(document.documentElement)
  applyTvTheme(document.documentElement)
  document.documentElement.dataset['motion'] = 'reduced'
  television.stack.jump(asked())
  return television
}

interface Props {
  readonly state: State
  readonly county: CountyFile
}

export function WholeTelevision({ state, county }: Props) {
  const wall = useMemo(() => wallIn(state, county), [state, county])
  const television = useMemo(() => makeTelevision(state), [state])
  useEffect(
    function followHash() {
      const follow = () => television.stack.jump(asked())
      addEventListener('hashchange', follow)
      return () => removeEventListener('hashchange', follow)
    },
    [television],
  )
  return (
    <CountyFileProvider value={county}>
      <WallProvider value={wall}>
        <TelevisionProvider value={television}>
          <TelevisionScreen />
        </TelevisionProvider>
      </WallProvider>
    </CountyFileProvider>
  )
}
