/**
 * Every widget in every state. `?view=wall&state=lost` shows a whole wall in one of them;
 * `?widget=feed` one widget only, `?view=tv` a page of a village's television. What is looked at here is what the pictures are taken of.
 */
import { StrictMode, useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import type { CountyFile } from '../../protocol/county-file.ts'
import { WallProvider } from '../board.ts'
import { CountyFileProvider, fetchCountyFile } from '../county.ts'
import { SubjectProvider } from '../director/openings.ts'
import { Fence } from '../kiosk/Fence.tsx'
import { RoomProvider, ScreenProvider, useCanvas, useReduced } from '../kiosk/screen.ts'
import { AskProvider } from '../parts/told.ts'
import { provinceScenes, scenes } from '../scenes/all.ts'
import { boxOf } from '../scenes/arrange.ts'
import { flanks } from '../scenes/flanks.ts'
import type { Place, Scene } from '../scenes/scene.ts'
import { Screen } from '../scenes/Screen.tsx'
import { readSettings } from '../settings.ts'
import { applyTheme } from '../theme/theme.ts'
import { askIn } from './fixture-told.ts'
import { states, wallIn, type State } from './states.ts'
import { WholeTelevision } from './WholeTelevision.tsx'
import './gallery.css'

/** Whose fixtures these are. */
const county = await fetchCountyFile('431128')
/** What scenes about one township are shown with. */
const subject = '431128101'

interface Shelf {
  readonly scene: Pick<Scene, 'id' | 'isApart' | 'places' | 'others'>
  readonly file: CountyFile
}

/** What stands beside the scenes of a wide wall is looked at like a scene. */
const shelvesOf = (province: CountyFile): readonly Shelf[] => [
  ...[
    ...scenes.filter(({ isBare }) => isBare !== true),
    { id: 'flanks', places: [...flanks.left, ...flanks.right].flat() },
  ].map((scene) => ({ scene, file: county })),
  ...provinceScenes
    .filter(({ isBare }) => isBare !== true)
    .map((scene) => ({ scene, file: province })),
]

interface SheetProps {
  readonly province: CountyFile
  /** The name of the one widget that is asked for. */
  readonly only: string | null
}

function Sheet({ province, only }: SheetProps) {
  const { u, widthU } = useCanvas()
  const reduced = useReduced(readSettings(location.search).motion, false)
  const screen = useMemo(() => ({ u, widthU, reduced, by: 1, seams: null }), [u, widthU, reduced])
  // What nobody knows any more is said by the whole wall, not by a widget.
  const shown = (Object.keys(states) as State[]).filter((name) => name !== 'unknown')
  return (
    <ScreenProvider value={screen}>
      <div className="sheet">
        {shelvesOf(province).map(({ scene, file }) =>
          [...scene.places, ...(scene.others ?? [])]
            .map((place, at) => ({ place, key: `${file.code} ${scene.id} ${at}` }))
            .filter(({ place }) => only === null || place.name === only)
            .map(({ place, key }) => (
              <section key={key} className="sheet-widget">
                <h2 className="serif">{place.name}</h2>
                <div className="sheet-row">
                  {shown.map((name) => (
                    <SubjectProvider key={name} value={scene.isApart ? subject : null}>
                      <Cell place={place} state={name} file={file} />
                    </SubjectProvider>
                  ))}
                </div>
              </section>
            )),
        )}
      </div>
    </ScreenProvider>
  )
}

interface CellProps {
  readonly place: Place
  readonly state: State
  readonly file: CountyFile
}

function Cell({ place, state: name, file }: CellProps) {
  const wall = useMemo(() => wallIn(name, file), [name, file])
  const ask = useMemo(() => askIn(name), [name])
  const [, , w, h] = boxOf(place.area)
  const room = useMemo(() => ({ w, h }), [w, h])
  return (
    <CountyFileProvider value={file}>
      <WallProvider value={wall}>
        <figure className="sheet-cell" data-state={name} data-widget={place.name}>
          <figcaption>{states[name]}</figcaption>
          <div
            style={{
              position: 'relative',
              width: `calc(var(--u) * ${w})`,
              height: `calc(var(--u) * ${h})`,
            }}
          >
            <Fence name={place.name}>
              <RoomProvider value={room}>
                <AskProvider value={ask}>
                  <place.widget />
                </AskProvider>
              </RoomProvider>
            </Fence>
          </div>
        </figure>
      </WallProvider>
    </CountyFileProvider>
  )
}

interface WholeWallProps {
  readonly file: CountyFile
  readonly state: State
}

function WholeWall({ file, state }: WholeWallProps) {
  const { isFar, panels, mode, motion: asked, isHeld } = readSettings(location.search)
  const motion = mode === 'mourning' ? 'off' : asked
  const wall = useMemo(() => wallIn(state, file), [state, file])
  const ask = useMemo(() => askIn(state), [state])
  return (
    <CountyFileProvider value={file}>
      <WallProvider value={wall}>
        <AskProvider value={ask}>
          <Screen {...{ panels, isFar, motion, isHeld }} />
        </AskProvider>
      </WallProvider>
    </CountyFileProvider>
  )
}

const element = document.getElementById('root')
if (element === null) throw new Error('gallery.html has no #root')
const root = createRoot(element)
let shown = 0

/** What the address asks for, with nothing kept of what was there before. */
async function show(): Promise<void> {
  const query = new URLSearchParams(location.search)
  const { isLed, isFar, isCvd, mode } = readSettings(location.search)
  const asked = query.get('state') ?? 'live'
  const state: State = asked in states ? (asked as State) : 'live'
  const province = await fetchCountyFile(query.get('county') ?? '530000')
  applyTheme(document.documentElement, { isLed, isFar, isCvd, isMourning: mode === 'mourning' })
  shown += 1
  root.render(
    <StrictMode key={shown}>
      {query.get('view') === 'wall' ? (
        <WholeWall file={query.has('county') ? province : county} state={state} />
      ) : query.get('view') === 'tv' ? (
        <WholeTelevision state={state} county={county} />
      ) : (
        <Sheet province={province} only={query.get('widget')} />
      )}
    </StrictMode>,
  )
}

/** Whoever looks at hundreds of walls need not load as many pages: `history.pushState('anew', …)`. */
addEventListener('popstate', ({ state }) => {
  if (state === 'anew') void show()
})
await show()
