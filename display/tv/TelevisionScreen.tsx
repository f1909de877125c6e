/** The page that is uppermost, and what lies over every page: the number that is typed, the question whether to leave. */
import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { onAir } from './facts/schedule.ts'
import { numberOf, type as typeDigit, typingMs, type Typing } from './facts/typing.ts'
import { twoDigits } from './facts/channels.ts'
import { useChannels, useMinute } from './facts/use-village.ts'
import { row } from './focus/tree.ts'
import { useFocus, useListener } from './focus/use-focus.ts'
import type { Action, Digit } from './keys/profiles.ts'
import { BranchPage } from './pages/Branch.tsx'
import { ChannelPage } from './pages/ChannelPage.tsx'
import { Home } from './pages/Home.tsx'
import { Keys } from './pages/Keys.tsx'
import { LessonPage, Lessons } from './pages/Lessons.tsx'
import { NoticePage, Notices } from './pages/Notices.tsx'
import { Townships, Villages } from './pages/Places.tsx'
import { Pairing } from './pages/Pairing.tsx'
import { RadioPage } from './pages/Radio.tsx'
import { Ranking } from './pages/Ranking.tsx'
import { ServicePage, Services } from './pages/Services.tsx'
import { Sites } from './pages/Sites.tsx'
import { Fence } from '../kiosk/Fence.tsx'
import { Rest, useRest } from './parts/Rest.tsx'
import { Spot, boxStyle } from './parts/Spot.tsx'
import { upmost, type Route } from './stack.ts'
import { useTelevision, useTv } from './television.ts'
import './television-screen.css'

const shortcuts: Readonly<Partial<Record<Action, Route>>> = {
  red: { page: 'sites' },
  green: { page: 'lessons' },
  yellow: { page: 'ranking' },
  blue: { page: 'notices' },
  menu: { page: 'home' },
}

export function TelevisionScreen() {
  const { stack } = useTelevision()
  const route = useStore(stack.store, upmost)
  const isLeaving = useStore(stack.store, (state) => state.isLeaving)
  const village = useTv((state) => state.village)
  const typed = useChannelKeys()
  useRadioHour()
  const isResting = useRest()
  // The lowest listener hears what no page has taken.
  useListener((action) => {
    if (action === 'back') {
      stack.back()
      return true
    }
    const shortcut = shortcuts[action]
    if (shortcut === undefined || village === null) return false
    stack.jump(shortcut)
    return true
  })
  // Neither camera nor sound goes on behind a dark picture.
  if (isResting)
    return (
      <main className="tv" data-page="rest">
        <Rest />
      </main>
    )
  return (
    <main className="tv" data-page={route.page}>
      <div className={isLeaving ? 'tv-asked' : undefined}>
        <Fence key={JSON.stringify(route)} name={route.page}>
          <Shown route={route} />
        </Fence>
      </div>
      {typed !== null && (
        <p className="tv-typed">
          <span className="num">{typed.digits}</span>
          {typed.words}
        </p>
      )}
      {isLeaving && <Leaving />}
    </main>
  )
}

function Shown({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'home':
      return <Home />
    case 'sites':
      return <Sites />
    case 'channel':
      return <ChannelPage number={route.number} />
    case 'lessons':
      return <Lessons />
    case 'lesson':
      return <LessonPage id={route.id} />
    case 'ranking':
      return <Ranking />
    case 'branch':
      return <BranchPage id={route.id} />
    case 'services':
      return <Services />
    case 'service':
      return <ServicePage id={route.id} />
    case 'notices':
      return <Notices />
    case 'notice':
      return <NoticePage id={route.id} />
    case 'radio':
      return <RadioPage id={route.id} />
    case 'townships':
      return <Townships />
    case 'villages':
      return <Villages township={route.township} />
    case 'keys':
      return <Keys />
    case 'pairing':
      return <Pairing />
  }
}

/** Two digits from any page. */
function useChannelKeys(): { readonly digits: string; readonly words: string } | null {
  const { stack, clock } = useTelevision()
  const channels = useChannels()
  const [typing, setTyping] = useState<Typing | null>(null)
  const [missing, setMissing] = useState<number | null>(null)
  const tune = (number: number) => {
    setTyping(null)
    if (!channels.some((channel) => channel.number === number)) return setMissing(number)
    const route: Route = { page: 'channel', number }
    if (upmost(stack.store.getState()).page === 'channel') stack.turn(route)
    else stack.open(route)
  }
  useListener((action) => {
    if (!/^\d$/.test(action)) return false
    setMissing(null)
    const next = typeDigit(typing, action as Digit, clock())
    const number = numberOf(next, clock())
    if (number === null) setTyping(next)
    else tune(number)
    return true
  })
  useEffect(
    function endTyping() {
      if (typing === null && missing === null) return
      const timer = setTimeout(() => {
        setMissing(null)
        if (typing !== null) tune(Number(typing.digits))
      }, typingMs)
      return () => clearTimeout(timer)
    },
    [typing, missing],
  )
  if (missing !== null) return { digits: twoDigits(missing), words: '没有这个频道' }
  return typing === null ? null : { digits: `${typing.digits}–`, words: '' }
}

/** At its hour a column takes the screen, once; whoever has left it is not called back. */
function useRadioHour(): void {
  const { stack } = useTelevision()
  const radio = useTv(({ file }) => file.radio)
  const village = useTv((state) => state.village) ?? ''
  const now = useMinute()
  const air = onAir(radio, now, village)
  const id = air?.entry.id
  const begins = air?.startMs === now
  const called = useRef<string | null>(null)
  useEffect(
    function callToRadio() {
      if (id === undefined || !begins || village === '') return
      called.current = id
      stack.jump({ page: 'radio', id })
    },
    [id, begins, village, stack],
  )
  useEffect(
    function endRadio() {
      if (id !== undefined || called.current === null) return
      const route = upmost(stack.store.getState())
      if (route.page === 'radio' && route.id === called.current) stack.back()
      called.current = null
    },
    [id, stack],
  )
}

const leave = row('leave', ['stay', 'leave'])

function Leaving() {
  const { stack, leave: close } = useTelevision()
  const [isHeld, setHeld] = useState(false)
  const focus = useFocus('leave', leave, {
    start: 'stay',
    onOk(leaf) {
      if (leaf === 'stay') return stack.stay()
      close()
      setHeld(true)
    },
    onKey(action) {
      if (action === 'back') stack.stay()
      return true
    },
  })
  return (
    <>
      <div className="tv-veil" />
      <section className="tv-leaving" style={boxStyle([40, 28, 80, 34])}>
        <h2 className="serif gold">离开党建电视?</h2>
        <p className="mid">{isHeld ? '这台机顶盒不让网页自己关闭,请按遥控器上的首页键' : ' '}</p>
      </section>
      <Spot focus={focus} id="stay" className="spot-card tv-button" at={[46, 48, 32, 8.4]}>
        继续看
      </Spot>
      <Spot focus={focus} id="leave" className="spot-card tv-button" at={[82, 48, 32, 8.4]}>
        离开
      </Spot>
    </>
  )
}
