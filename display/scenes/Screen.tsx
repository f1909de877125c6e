/** One wall: header, the scene that is on and what stands beside it, footer; letterboxed where the screen is narrower than 16:9. */
import {
  memo,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type RefObject,
} from 'react'
import { useStore } from 'zustand'
import { useTrust, useWall, useWallStore, WallProvider, type Trust } from '../board.ts'
import { useCountyFile } from '../county.ts'
import type { Agreement } from '../director/agreement.ts'
import {
  useAddress,
  useDirector,
  useSceneKeys,
  useWatchdog,
  type Director,
} from '../director/direct.ts'
import { everyDay, type Plan } from '../director/plan.ts'
import type { Pinning } from '../director/pinning.ts'
import { steerBy, type Remote } from '../director/remote.ts'
import { idOf } from '../director/show.ts'
import { OpeningsProvider, SubjectProvider, type Openings } from '../director/openings.ts'
import { wholeWall, type Cut, type Grid } from '../kiosk/cut.ts'
import { Fence } from '../kiosk/Fence.tsx'
import { useKeys } from '../kiosk/keys.ts'
import type { Seams } from '../kiosk/seams.ts'
import {
  RoomProvider,
  scaled,
  ScreenProvider,
  useCanvas,
  useOrbit,
  useReduced,
  useScreen,
  useSeamsOf,
  type Motion,
} from '../kiosk/screen.ts'
import { Cleared } from '../parts/Cleared.tsx'
import { VisitEnd } from '../kiosk/VisitEnd.tsx'
import { ClosedMonthProvider } from '../parts/ClosedMonth.tsx'
import { useTimeMachine } from '../past/machine.ts'
import { Banner } from '../widgets/banner/Banner.tsx'
import { BranchCard } from '../widgets/branch-card/BranchCard.tsx'
import { EventCard } from '../widgets/event-card/EventCard.tsx'
import { farBy, typeOf } from '../theme/theme.ts'
import { Feed } from '../widgets/feed/Feed.tsx'
import { Footer } from '../widgets/footer/Footer.tsx'
import { Header } from '../widgets/header/Header.tsx'
import { PastBand } from '../widgets/past-band/PastBand.tsx'
import { PastTrack } from '../widgets/past-track/PastTrack.tsx'
import { RemoteOpener } from '../widgets/remote/RemoteOpener.tsx'
import { RemotePanel } from '../widgets/remote/RemotePanel.tsx'
import { Thread } from '../widgets/thread/Thread.tsx'
import { programOf } from './all.ts'
import {
  acrossWall,
  alignToSeams,
  arrange,
  arrangeFlanks,
  flanksOn,
  noFlanks,
  placesOf,
  type Box,
  type Flanks,
  type Laid,
} from './arrange.ts'
import { flanks } from './flanks.ts'
import { useLayers, type Layer } from './layers.ts'
import type { Scene } from './scene.ts'
import { FinderProvider, type FlagFinder } from './Stage.tsx'
import { useSeams } from './use-seams.ts'
import './screen.css'

interface Props {
  readonly plan?: Plan
  /** The moment of the past at which the wall opens, ms. */
  readonly at?: number | null
  /** The part of the picture that this browser shows, where several are one wall. */
  readonly cut?: Cut
  /** The panels that the picture is made of, where no letter may be cut between them. */
  readonly panels?: Grid | null
  readonly agreement?: Agreement | null
  /** For phones that steer it. */
  readonly remote?: Remote | null
  /** For cameras that are pinned to it. */
  readonly pinning?: Pinning | null
  /** For readers from 7 m on. */
  readonly isFar?: boolean
  readonly motion?: Motion
  /** Stays at its scene. */
  readonly isHeld?: boolean
}

export function Screen({
  plan = everyDay,
  at = null,
  cut = wholeWall,
  panels = null,
  agreement = null,
  remote = null,
  pinning = null,
  isFar = false,
  motion = null,
  isHeld = false,
}: Props) {
  const canvas = useCanvas(cut)
  const { u, widthU, x, y, width, height } = canvas
  const seams = useSeamsOf(panels, cut, canvas)
  const translate = useOrbit()
  const live = useWallStore()
  const liveTrust = useTrust()
  const county = useCountyFile()
  const { scenes, rotation, tabs, apart, ofNow } = programOf(county)
  const isPart = cut !== wholeWall
  const director = useDirector({ rotation, apart, plan, agreement, isPart, isHeld })
  useSceneKeys(director, tabs)
  useAddress(director)
  useWatchdog(director)
  usePinned(director, agreement)
  // Of several browsers each would go its own way through the past.
  const pastOf = cut === wholeWall ? ofNow : null
  const { player, isShown, open, close } = useTimeMachine(director, county.code, pastOf, at)
  const past = isShown ? player : null
  const panel = usePanel(remote, director, player !== null)
  const reduced = useReduced(motion, past !== null || plan.mode === 'mourning')
  const show = useStore(director.show)
  const frame = useRef<HTMLElement>(null)
  const { coming } = useStore(director.coming)
  useSeams(frame, seams, u, coming?.scene ?? show.scene)
  const by = isFar ? farBy : 1
  const screen = useMemo(() => ({ u, widthU, reduced, by, seams }), [u, widthU, reduced, by, seams])
  const offered = useMemo(() => tabs.map(({ id, title }) => ({ id, title })), [tabs])
  const openings = useMemo<Openings>(
    () => ({
      // A card tells what the relay says of today.
      openBranch: player === null ? director.openCard : () => undefined,
      openTownship: (code) => director.choose(`township/${code}`),
      goBack: director.goBack,
      pinCamera(id) {
        pinning?.pin(id)
        if (id !== null) director.choose('video')
      },
    }),
    [director, player, pinning],
  )
  const trust = past === null ? liveTrust : 'past'
  return (
    <ScreenProvider value={screen}>
      <OpeningsProvider value={openings}>
        <div className={cut === wholeWall ? undefined : 'window'}>
          <div className="picture" style={{ left: -x, top: -y, width, height }}>
            <main
              className="wall"
              ref={frame}
              style={{ translate }}
              data-testid="wall"
              data-trust={trust}
              data-scene={idOf(show.scene)}
              data-mode={plan.mode}
            >
              <WallProvider value={past?.wall ?? live}>
                <ClosedMonthProvider>
                  {/* Of another time everything is drawn anew: nothing rolls from then to now. */}
                  <Picture
                    key={past === null ? 'present' : 'past'}
                    {...{ scenes, director, frame, trust }}
                    tabs={player === null ? tabs : tabs.filter(({ id }) => !ofNow.includes(id))}
                    isBanded={player !== null}
                    onPast={player === null ? open : null}
                    remote={player === null ? remote : null}
                    onRemote={panel.toggle}
                  />
                </ClosedMonthProvider>
              </WallProvider>
              {player !== null && (
                <>
                  <PastBand player={player} onEnd={close} />
                  <PastTrack player={player} />
                </>
              )}
            </main>
          </div>
          {remote !== null && player === null && panel.isOpen && (
            <RemotePanel remote={remote} scenes={offered} onClose={panel.close} />
          )}
        </div>
      </OpeningsProvider>
    </ScreenProvider>
  )
}

/** What is pinned from elsewhere is shown at once; of several browsers the one that leads sees to it. */
function usePinned(director: Director, agreement: Agreement | null): void {
  const { store } = useWallStore()
  useEffect(
    function showPinned() {
      let shown = store.getState().pinned
      return store.subscribe(({ pinned }) => {
        // A break of the line takes it away for a moment, and its return is no news.
        if (pinned === null || pinned === shown) return
        shown = pinned
        if (agreement === null || !agreement.isJoined() || agreement.leads())
          director.choose('video', 'pin')
      })
    },
    [store, director, agreement],
  )
}

/** The panel for phones that steer the wall; R opens and closes it in the present. What they say is done whether it is open or not. */
function usePanel(remote: Remote | null, director: Director, isPast: boolean) {
  const { store } = useWallStore()
  const [isOpen, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const toggle = useCallback(() => setOpen((was) => !was), [])
  useEffect(
    function followPhones() {
      return remote?.follow((steer) => steerBy(director, store.getState().board, steer, isPast))
    },
    [remote, director, store, isPast],
  )
  useKeys(({ key }) => {
    if (remote === null || isPast || (key !== 'r' && key !== 'R')) return false
    toggle()
    return true
  })
  return { isOpen, close, toggle }
}

interface PictureProps {
  readonly scenes: readonly Scene[]
  readonly tabs: readonly Scene[]
  readonly director: Director
  readonly frame: RefObject<HTMLElement | null>
  readonly trust: Trust
  /** A band lies under the header. */
  readonly isBanded: boolean
  readonly onPast: (() => void) | null
  readonly remote: Remote | null
  readonly onRemote: () => void
}

function Picture(props: PictureProps) {
  const { scenes, tabs, director, frame, trust, isBanded, onPast, remote, onRemote } = props
  const { widthU, by, seams } = useScreen()
  const county = useCountyFile()
  const show = useStore(director.show)
  const { coming } = useStore(director.coming)
  const layers = useLayers(scenes, show.scene, coming)
  const finder = useMemo<FlagFinder>(() => ({ pointOf: () => null }), [])
  const pointOf = useMemo(() => (organization: string) => finder.pointOf(organization), [finder])
  const isLost = trust === 'stale' || trust === 'unknown'
  const isCut = isLost || isBanded
  const on = layers.find(({ path }) => path === show.scene)?.scene
  const isBare = on?.isBare === true
  // What stands beside is of a county's branches.
  const hasFlanks = by === 1 && county.parts === undefined
  const most = useMemo(
    () => (hasFlanks ? flanksOn(widthU, flanks.left.length, seams) : noFlanks),
    [hasFlanks, widthU, seams],
  )
  const besideOf = (scene: Scene | undefined) => (scene?.isBare === true ? noFlanks : most)
  const beside = besideOf(on)
  const laid = useMemo(() => {
    if (on === undefined) return []
    const places = placesOf(on, { beside: beside.count, isFar: by > 1 })
    return between(arrange(places, widthU, beside), seams)
  }, [on, widthU, beside, by, seams])
  const around = useMemo(
    () => (on === undefined ? [] : arrangeFlanks(flanks, on, widthU, beside)),
    [on, widthU, beside],
  )
  const boxOfWidget = (widget: unknown) => laid.find(({ place }) => place.widget === widget)?.box
  const [row, card] = [boxOfWidget(Feed), boxOfWidget(EventCard)]
  return (
    <FinderProvider value={finder}>
      {layers.map(({ path, scene, subject, come, fromMs }, index) => (
        <SubjectProvider key={path} value={subject}>
          <Body
            {...{ path, scene, widthU, come, fromMs, isCut }}
            onDrawn={director.drew}
            beside={besideOf(scene)}
            isComing={path === coming?.scene}
            isLeaving={coming === null && index < layers.length - 1}
          />
        </SubjectProvider>
      ))}
      {around.length > 0 && (
        <div className={isCut ? 'flanks is-cut' : 'flanks'}>
          {around.map((one) => (
            <Stand key={one.place.name} {...one} by={1} />
          ))}
        </div>
      )}
      <VisitEnd />
      <Cleared />
      {!isBare && (
        <div className="frame" style={by === 1 ? undefined : typeOf(by)}>
          <Header
            scenes={tabs}
            director={director}
            title={county.masthead}
            office={county.office}
            onPast={onPast}
          >
            {remote !== null && <RemoteOpener remote={remote} onOpen={onRemote} />}
          </Header>
          {isLost && !isBanded && <Banner />}
          {on?.hasThread === true && row !== undefined && card !== undefined && (
            <Fence name="金线">
              <Thread pointOf={pointOf} frame={frame} feed={row} card={card} />
            </Fence>
          )}
          {!isBanded && (
            <div className="place" style={styleOf(acrossWall('footer', widthU))}>
              <Fence name="图例与来源">
                <Footer caption={on?.caption} />
              </Fence>
            </div>
          )}
        </div>
      )}
      {!isBanded && <BranchCard director={director} />}
    </FinderProvider>
  )
}

/** For so long the fade of screen.css waits by itself: its own instant is set before. */
const standbyMs = 60_000
/** A page that never rests has drawn its scene all the same. */
const restlessMs = 300

/** Lets a scene that was agreed on fade in at its instant, and says when it stands ready for it. */
function useAgreedFade(
  body: RefObject<HTMLElement | null>,
  fromMs: number | null,
  onReady: () => void,
): void {
  const isReady = useRef(false)
  const isAgreed = fromMs !== null
  useEffect(
    function sayWhenReady() {
      const [fade] = body.current?.getAnimations() ?? []
      if (!isAgreed || fade === undefined) return
      let isGone = false
      // The compositor has it, and all that it will show.
      void fade.ready.then(() => {
        if (!isGone) requestIdleCallback(() => !isGone && onReady(), { timeout: restlessMs })
      })
      return () => {
        isGone = true
      }
    },
    [body, isAgreed, onReady],
  )
  useEffect(
    function fadeAtItsInstant() {
      const [fade] = body.current?.getAnimations() ?? []
      if (fromMs === null || fade === undefined) return
      const set = () => {
        isReady.current = true
        // From here on the compositor goes by itself, whatever this thread does at that moment.
        fade.startTime = fromMs - standbyMs
      }
      if (isReady.current) return set()
      let isGone = false
      void fade.ready.then(() => {
        if (!isGone) set()
      })
      return () => {
        isGone = true
      }
    },
    [body, fromMs],
  )
}

const between = (laid: readonly Laid[], seams: Seams | null): readonly Laid[] =>
  seams === null ? laid : alignToSeams(laid, seams)

interface BodyProps extends Pick<Layer, 'path' | 'scene' | 'come' | 'fromMs'> {
  readonly widthU: number
  /** Modules at each side. */
  readonly beside: Flanks
  readonly isCut: boolean
  /** Draws itself and is not seen yet. */
  readonly isComing: boolean
  readonly isLeaving: boolean
  readonly onDrawn: (path: string) => void
}

/** Does not draw its widgets anew when it becomes seen. */
const Body = memo(function Body(props: BodyProps) {
  const { path, scene, widthU, beside, come, fromMs, isCut, isComing, isLeaving, onDrawn } = props
  const { seams, by } = useScreen()
  const own = useRef<HTMLDivElement>(null)
  const sayDrawn = useCallback(() => onDrawn(path), [onDrawn, path])
  useAgreedFade(own, fromMs, sayDrawn)
  const look = { beside: beside.count, isFar: by > 1 }
  const places = useWall(({ board }) =>
    board.county.size === 0 || scene.arrange === undefined
      ? placesOf(scene, look)
      : scene.arrange(board, look),
  )
  const laid = useMemo(
    () => between(arrange(places, widthU, beside), seams),
    [places, widthU, beside, seams],
  )
  return (
    <div
      ref={own}
      className={`body ${fromMs === null ? come : 'agreed'}${isCut ? ' is-cut' : ''}`}
      // Not only until it is on: each of its elements would be styled anew in the middle of its fade.
      inert={fromMs !== null}
      data-layer={scene.id}
      aria-hidden={isLeaving || isComing || undefined}
    >
      {laid.map((one) => (
        <Stand key={one.place.name} {...one} by={by} />
      ))}
    </div>
  )
})

interface StandProps extends Laid {
  /** How much larger what stands here is. */
  readonly by: number
}

const Stand = memo(function Stand({ place, box, by: larger }: StandProps) {
  const [, , w, h] = box
  const screen = useScreen()
  const by = place.isDrawn ? 1 : larger
  const room = useMemo(() => ({ w: w / by, h: h / by }), [w, h, by])
  const own = useMemo(() => scaled(screen, by), [screen, by])
  return (
    <div className={place.fixed ? 'place fixed' : 'place'} style={styleOf(box)}>
      <div
        className={larger === 1 ? 'place-own' : 'place-own is-larger'}
        style={larger === 1 ? undefined : unitOf(own.u, larger / by)}
      >
        <Fence name={place.name}>
          <ScreenProvider value={own}>
            <RoomProvider value={room}>
              <place.widget />
            </RoomProvider>
          </ScreenProvider>
        </Fence>
      </div>
    </div>
  )
})

const unitOf = (u: number, type: number): CSSProperties => ({
  ['--u' as string]: `${u}px`,
  ...typeOf(type),
})

function styleOf([x, y, w, h]: Box): CSSProperties {
  return {
    left: `calc(var(--u) * ${x})`,
    top: `calc(var(--u) * ${y} + var(--push, 0px))`,
    width: `calc(var(--u) * ${w})`,
    height: `calc(var(--u) * ${h})`,
  }
}
