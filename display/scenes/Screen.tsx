/** One wall: header, body, spectrum, footer; letterboxed where the screen is narrower or wider than 16:9. */
import { useMemo, useRef, type CSSProperties } from 'react'
import { useTrust } from '../board.ts'
import { Fence } from '../kiosk/Fence.tsx'
import { ScreenProvider, useOrbit, useReduced, useUnit } from '../kiosk/screen.ts'
import { areaOf } from '../theme/theme.ts'
import { Banner } from '../widgets/banner/Banner.tsx'
import { Footer } from '../widgets/footer/Footer.tsx'
import { Header } from '../widgets/header/Header.tsx'
import { Thread } from '../widgets/thread/Thread.tsx'
import { overview } from './overview.ts'
import type { Place } from './scene.ts'
import { FinderProvider, type FlagFinder } from './Stage.tsx'
import './screen.css'

const scenes = [overview]

export function Screen() {
  const u = useUnit()
  const reduced = useReduced()
  const translate = useOrbit()
  const trust = useTrust()
  const frame = useRef<HTMLDivElement>(null)
  const finder = useMemo<FlagFinder>(() => ({ pointOf: () => null }), [])
  const screen = useMemo(() => ({ u, reduced }), [u, reduced])
  const pointOf = useMemo(() => (organization: string) => finder.pointOf(organization), [finder])
  const isCut = trust === 'stale' || trust === 'unknown'
  const scene = overview
  return (
    <ScreenProvider value={screen}>
      <FinderProvider value={finder}>
        <main
          className="wall"
          ref={frame}
          style={{ translate }}
          data-testid="wall"
          data-trust={trust}
          data-scene={scene.id}
        >
          <Header
            scenes={scenes}
            active={scene.id}
            title="新田智慧党建"
            office="中共新田县委组织部 · 党建指挥中心"
          />
          {isCut && <Banner />}
          <div className={isCut ? 'body is-cut' : 'body'}>
            {scene.places.map((place) => (
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
          <Fence name="金线">
            <Thread pointOf={pointOf} frame={frame} />
          </Fence>
          <div className="place" style={boxOf('footer')}>
            <Fence name="图例与来源">
              <Footer />
            </Fence>
          </div>
        </main>
      </FinderProvider>
    </ScreenProvider>
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
