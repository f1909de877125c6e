/** The unit, the burn-in orbit and the motion setting of one screen. */
import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { useWall } from '../board.ts'
import { seamsOf, type Seams } from './seams.ts'
import { wholeWall, windowOf, type Cut, type Grid, type Window } from './cut.ts'

interface Canvas {
  /** px of one layout unit. */
  readonly u: number
  /** The wall's width in u: 240, or more where the screen is wider than 16:9. */
  readonly widthU: number
}

/** What is narrower than 16:9 is letterboxed. */
export function canvasOf(width: number, height: number): Canvas {
  const u = Math.min(height / 135, width / 240)
  return { u, widthU: Math.max(240, width / u) }
}

/** Of the whole picture, and where in it this browser's window lies. */
export function useCanvas(cut: Cut = wholeWall): Canvas & Window {
  const [size, setSize] = useState(() => ({ width: innerWidth, height: innerHeight }))
  useEffect(function followSize() {
    const measure = () => {
      if (innerWidth > 0 && innerHeight > 0) setSize({ width: innerWidth, height: innerHeight })
    }
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  const canvas = useMemo(() => {
    const picture = windowOf(cut, size.width, size.height)
    return { ...picture, ...canvasOf(picture.width, picture.height) }
  }, [cut, size])
  useEffect(
    function publishCanvas() {
      document.documentElement.style.setProperty('--u', `${canvas.u}px`)
      document.documentElement.style.setProperty('--wide', `${canvas.widthU}`)
    },
    [canvas],
  )
  return canvas
}

const orbit = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [-2, 2],
  [-2, 0],
  [-2, -2],
  [0, -2],
] as const
const orbitStepMs = 180_000

/** CSS `translate` of the whole wall, so that no edge stays on the same pixels; by the relay's clock, for all browsers of a wall alike. */
export function useOrbit(): string {
  const step = useWall(({ now }) => Math.floor(now / orbitStepMs))
  const [x, y] = orbit[step % orbit.length] ?? [0, 0]
  return `${x}px ${y}px`
}

/** What the address or the county's file asks for. */
export type Motion = 'off' | 'full' | null

const slowFps = 30
const slowSeconds = 5
const slowRestMs = 300_000

/**
 * System setting, `motion=off`, mourning and the past (`isStill`), or a machine that drew under 30 frames a second for 5 s.
 * `motion=full` overrules the frame rate alone: for a recording on a slow machine.
 */
export function useReduced(asked: Motion, isStill: boolean): boolean {
  const isOff = asked === 'off' || isStill
  const isForced = asked === 'full'
  const [isAsked, setAsked] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches)
  const [isSlow, setSlow] = useState(false)

  useEffect(function followSystem() {
    const query = matchMedia('(prefers-reduced-motion: reduce)')
    const read = () => setAsked(query.matches)
    query.addEventListener('change', read)
    return () => query.removeEventListener('change', read)
  }, [])

  useEffect(
    function watchFrames() {
      if (isOff || isAsked || isForced) return
      if (isSlow) {
        const rest = setTimeout(() => setSlow(false), slowRestMs)
        return () => clearTimeout(rest)
      }
      let frames = 0
      let slow = 0
      let since = performance.now()
      let handle = requestAnimationFrame(function count(at) {
        frames += 1
        const passed = at - since
        if (passed >= 1_000) {
          // A hidden page gets no frames at all: that is no slowness.
          const isHidden = passed > 3_000
          slow = !isHidden && (frames * 1_000) / passed < slowFps ? slow + 1 : 0
          if (slow >= slowSeconds) {
            setSlow(true)
            return
          }
          frames = 0
          since = at
        }
        handle = requestAnimationFrame(count)
      })
      return () => cancelAnimationFrame(handle)
    },
    [isOff, isAsked, isForced, isSlow],
  )

  const isReduced = isOff || isAsked || isSlow
  useEffect(
    function publishMotion() {
      document.documentElement.dataset.motion = isReduced ? 'reduced' : 'full'
    },
    [isReduced],
  )
  return isReduced
}

/** Where panels meet on the wall, which stands in the middle of its picture. */
export function useSeamsOf(
  panels: Grid | null,
  cut: Cut,
  { u, widthU, width, height }: Canvas & Window,
): Seams | null {
  return useMemo(() => {
    if (panels === null) return null
    const hidden = panels === cut ? cut.bezel / u : 0
    const { x, y } = seamsOf(panels, width / u, height / u, hidden)
    const by = (edge: number) => (span: { from: number; to: number }) => ({
      from: span.from - edge,
      to: span.to - edge,
    })
    return {
      x: x.map(by((width / u - widthU) / 2)),
      y: y.map(by((height / u - 135) / 2)),
    }
  }, [panels, cut, u, widthU, width, height])
}

export interface Screen extends Canvas {
  readonly reduced: boolean
  /** What a place's own unit is of the wall's: more than 1 for readers far away, who see larger and less. */
  readonly by: number
  /** In u; null where the wall is of one piece. */
  readonly seams: Seams | null
}
/** The same screen in a unit that is `by` times the wall's. */
export function scaled(screen: Screen, by: number): Screen {
  if (by === 1) return screen
  const span = ({ from, to }: { from: number; to: number }) => ({ from: from / by, to: to / by })
  const seams = screen.seams && {
    x: screen.seams.x.map(span),
    y: screen.seams.y.map(span),
  }
  return { ...screen, u: screen.u * by, widthU: screen.widthU / by, seams }
}

const ScreenContext = createContext<Screen>({
  u: 8,
  widthU: 240,
  reduced: false,
  by: 1,
  seams: null,
})
export const ScreenProvider = ScreenContext.Provider
export function useScreen(): Screen {
  return useContext(ScreenContext)
}

/** Width and height in u of the place in which a widget stands: how many rows it has room for. */
export interface Room {
  readonly w: number
  readonly h: number
}
const RoomContext = createContext<Room>({ w: 54, h: 44 })
export const RoomProvider = RoomContext.Provider
export function useRoom(): Room {
  return useContext(RoomContext)
}
