/** One wall: header, the scene that is on, footer; letterboxed where the screen is narrower or wider than 16:9. */
import { useMemo, useRef, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import { useTrust, useWall } from '../board.ts'
import { useCountyFile } from '../county.ts'
import { useAddress, useDirector, useKeys } from '../director/direct.ts'
import { idOf } from '../director/show.ts'
import { OpeningsProvider, SubjectProvider, type Openings } from '../director/openings.ts'
import { Fence } from '../kiosk/Fence.tsx'
import { ScreenProvider, useOrbit, useReduced, useUnit } from '../kiosk/screen.ts'
import { areaOf } from '../theme/theme.ts'
import { Banner } from '../widgets/banner/Banner.tsx'
import { Footer } from '../widgets/footer/Footer.tsx'
import { Header } from '../widgets/header/Header.tsx'
import { Thread } from '../widgets/thread/Thread.tsx'
import { apart, rotation, scenes } from './all.ts'
import { useLayers } from './layers.ts'
import type { Place, Scene } from './scene.ts'
import { FinderProvider, type FlagFinder } from './Stage.tsx'
import './screen.css'

export function Screen() {
  const u = useUnit()
  const reduced = useReduced()
  const translate = useOrbit()
  const trust = useTrust()
  const county = useCountyFile()
  const director = useDirector(rotation, apart)
  useKeys(director, rotation)
  useAddress(director)
  const show = useStore(director.show)
  const layers = useLayers(scenes, show.scene)
  const frame = useRef<HTMLDivElement>(null)
  const finder = useMemo<FlagFinder>(() => ({ pointOf: () => null }), [])
  const screen = useMemo(() => ({ u, reduced }), [u, reduced])
  const pointOf = useMemo(() => (organization: string) => finder.pointOf(organization), [finder])
  const isCut = trust === 'stale' || trust === 'unknown'
  const on = layers.at(-1)?.scene
  const openings = useMemo<Openings>(
    () => ({
      openBranch: director.openCard,
      openTownship: (code) => director.choose(`township/${code}`),
      goBack: director.goBack,
    }),
    [director],
  )
  return (
    <ScreenProvider value={screen}>
      <OpeningsProvider value={openings}>
        <FinderProvider value={finder}>
          <main
            className="wall"
            ref={frame}
            style={{ translate }}
            data-testid="wall"
            data-trust={trust}
            data-scene={idOf(show.scene)}
          >
            {layers.map(({ path, scene, subject }, index) => (
              <SubjectProvider key={path} value={subject}>
                <Body scene={scene} isCut={isCut} isLeaving={index < layers.length - 1} />
              </SubjectProvider>
            ))}
            <Header
              scenes={rotation}
              director={director}
              title={county.masthead}
              office={county.office}
            />
            {isCut && <Banner />}
            {on?.hasThread === true && (
              <Fence name="金线">
                <Thread pointOf={pointOf} frame={frame} />
              </Fence>
            )}
            <div className="place" style={boxOf('footer')}>
              <Fence name="图例与来源">
                <Footer caption={on?.caption} />
              </Fence>
            </div>
          </main>
        </FinderProvider>
      </OpeningsProvider>
    </ScreenProvider>
  )
}

function Body({
  scene,
  isCut,
  isLeaving,
}: {
  readonly scene: Scene
  readonly isCut: boolean
  readonly isLeaving: boolean
}) {
  const places = useWall(({ board }) =>
    board.county.size === 0 ? scene.places : (scene.arrange?.(board) ?? scene.places),
  )
  return (
    <div
      className={isCut ? 'body is-cut' : 'body'}
      data-layer={scene.id}
      aria-hidden={isLeaving || undefined}
    >
      {places.map((place) => (
        <div
          className={place.fixed ? 'place fixed' : 'place'}
          key={place.name}
          style={boxOf(place.area)}
        >
          <Fence name={place.name}>
            <place.widget />
          </Fence>
        </div>
      ))}
    </div>
  )
}

function boxOf(area: Place['area']): CSSProperties {
  const [x, y, w, h] = typeof area === 'string' ? areaOf(area) : area
  return {
    left: `calc(var(--u) * ${x})`,
    top: `calc(var(--u) * ${y} + var(--push, 0px))`,
    width: `calc(var(--u) * ${w})`,
    height: `calc(var(--u) * ${h})`,
  }
}
