/** One wall: header, the scene that is on and what stands beside it, footer; letterboxed where the screen is narrower than 16:9. */
import { useMemo, useRef, type CSSProperties } from 'react'
import { useStore } from 'zustand'
import { useTrust, useWall } from '../board.ts'
import { useCountyFile } from '../county.ts'
import { useAddress, useDirector, useKeys, useWatchdog } from '../director/direct.ts'
import { everyDay, type Plan } from '../director/plan.ts'
import { idOf } from '../director/show.ts'
import { OpeningsProvider, SubjectProvider, type Openings } from '../director/openings.ts'
import { Fence } from '../kiosk/Fence.tsx'
import { RoomProvider, ScreenProvider, useCanvas, useOrbit, useReduced } from '../kiosk/screen.ts'
import { VisitEnd } from '../kiosk/VisitEnd.tsx'
import { Banner } from '../widgets/banner/Banner.tsx'
import { BranchCard } from '../widgets/branch-card/BranchCard.tsx'
import { EventCard } from '../widgets/event-card/EventCard.tsx'
import { Feed } from '../widgets/feed/Feed.tsx'
import { Footer } from '../widgets/footer/Footer.tsx'
import { Header } from '../widgets/header/Header.tsx'
import { Thread } from '../widgets/thread/Thread.tsx'
import { programOf } from './all.ts'
import {
  acrossWall,
  arrange,
  arrangeFlanks,
  flanksOn,
  placesOf,
  type Box,
  type Laid,
} from './arrange.ts'
import { flanks } from './flanks.ts'
import { useLayers } from './layers.ts'
import type { Scene } from './scene.ts'
import { FinderProvider, type FlagFinder } from './Stage.tsx'
import './screen.css'

export function Screen({ plan = everyDay }: { readonly plan?: Plan }) {
  const { u, widthU } = useCanvas()
  const reduced = useReduced()
  const translate = useOrbit()
  const trust = useTrust()
  const county = useCountyFile()
  const { scenes, rotation, tabs, apart } = programOf(county)
  const director = useDirector(rotation, apart, plan)
  useKeys(director, tabs)
  useAddress(director)
  useWatchdog(director)
  const show = useStore(director.show)
  const layers = useLayers(scenes, show.scene)
  const frame = useRef<HTMLDivElement>(null)
  const finder = useMemo<FlagFinder>(() => ({ pointOf: () => null }), [])
  const screen = useMemo(() => ({ u, widthU, reduced }), [u, widthU, reduced])
  const pointOf = useMemo(() => (organization: string) => finder.pointOf(organization), [finder])
  const isCut = trust === 'stale' || trust === 'unknown'
  const on = layers.at(-1)?.scene
  const isBare = on?.isBare === true
  // What stands beside is of a county's branches.
  const besideOf = (scene: Scene | undefined) =>
    county.parts === undefined && scene?.isBare !== true ? flanksOn(widthU, flanks.left.length) : 0
  const beside = besideOf(on)
  const laid = useMemo(
    () => (on === undefined ? [] : arrange(placesOf(on, beside), widthU, beside)),
    [on, widthU, beside],
  )
  const around = useMemo(
    () => (on === undefined ? [] : arrangeFlanks(flanks, on, widthU, beside)),
    [on, widthU, beside],
  )
  const boxOfWidget = (widget: unknown) => laid.find(({ place }) => place.widget === widget)?.box
  const [row, card] = [boxOfWidget(Feed), boxOfWidget(EventCard)]
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
            data-mode={plan.mode}
          >
            {layers.map(({ path, scene, subject }, index) => (
              <SubjectProvider key={path} value={subject}>
                <Body
                  scene={scene}
                  widthU={widthU}
                  beside={besideOf(scene)}
                  isCut={isCut}
                  isLeaving={index < layers.length - 1}
                />
              </SubjectProvider>
            ))}
            {around.length > 0 && (
              <div className={isCut ? 'flanks is-cut' : 'flanks'}>
                {around.map((one) => (
                  <Stand key={one.place.name} {...one} />
                ))}
              </div>
            )}
            <VisitEnd />
            {!isBare && (
              <>
                <Header
                  scenes={tabs}
                  director={director}
                  title={county.masthead}
                  office={county.office}
                />
                {isCut && <Banner />}
                {on?.hasThread === true && row !== undefined && card !== undefined && (
                  <Fence name="金线">
                    <Thread pointOf={pointOf} frame={frame} feed={row} card={card} />
                  </Fence>
                )}
                <div className="place" style={styleOf(acrossWall('footer', widthU))}>
                  <Fence name="图例与来源">
                    <Footer caption={on?.caption} />
                  </Fence>
                </div>
              </>
            )}
            <BranchCard director={director} />
          </main>
        </FinderProvider>
      </OpeningsProvider>
    </ScreenProvider>
  )
}

function Body({
  scene,
  widthU,
  beside,
  isCut,
  isLeaving,
}: {
  readonly scene: Scene
  readonly widthU: number
  /** Modules at each side. */
  readonly beside: number
  readonly isCut: boolean
  readonly isLeaving: boolean
}) {
  const places = useWall(({ board }) =>
    board.county.size === 0 || scene.arrange === undefined
      ? placesOf(scene, beside)
      : scene.arrange(board),
  )
  const laid = useMemo(() => arrange(places, widthU, beside), [places, widthU, beside])
  return (
    <div
      className={isCut ? 'body is-cut' : 'body'}
      data-layer={scene.id}
      aria-hidden={isLeaving || undefined}
    >
      {laid.map((one) => (
        <Stand key={one.place.name} {...one} />
      ))}
    </div>
  )
}

function Stand({ place, box }: Laid) {
  const [, , w, h] = box
  const room = useMemo(() => ({ w, h }), [w, h])
  return (
    <div className={place.fixed ? 'place fixed' : 'place'} style={styleOf(box)}>
      <Fence name={place.name}>
        <RoomProvider value={room}>
          <place.widget />
        </RoomProvider>
      </Fence>
    </div>
  )
}

function styleOf([x, y, w, h]: Box): CSSProperties {
  return {
    left: `calc(var(--u) * ${x})`,
    top: `calc(var(--u) * ${y} + var(--push, 0px))`,
    width: `calc(var(--u) * ${w})`,
    height: `calc(var(--u) * ${h})`,
  }
}
