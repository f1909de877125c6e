/** One site on the whole screen. Bar and strip are there for five seconds after a key, then only the badge and the clock. */
import { useEffect, useReducer, useState } from 'react'
import { useWall } from '../../board.ts'
import { clockTime } from '../../freshness.ts'
import { beside, hasPicture, twoDigits, type Channel } from '../facts/channels.ts'
import { useChannels, useChannelWords } from '../facts/use-village.ts'
import { row } from '../focus/tree.ts'
import { useFocus, useListener } from '../focus/use-focus.ts'
import { Picture, type PictureState } from '../parts/Picture.tsx'
import { boxStyle, Spot } from '../parts/Spot.tsx'
import { Still } from '../parts/Still.tsx'
import { useTelevision } from '../television.ts'
import './channel.css'

const shownMs = 5_000
/** So long a picture may be lost before the next one takes its place. */
const lossMs = 30_000
const thumbs = 6
const keys = '◀ ▶ 选村   ▲ ▼ 换台   OK 看详情   返回 回上页'

export function ChannelPage({ number }: { readonly number: number }) {
  const { stack } = useTelevision()
  const channels = useChannels()
  const words = useChannelWords()
  const [own] = channels
  const channel = channels.find((each) => each.number === number) ?? own
  const [picture, setPicture] = useState<PictureState>('connecting')
  const [said, say] = useState<string | null>(null)
  const isShown = useShown()
  const tune = (to: Channel | undefined) => {
    say(null)
    if (to !== undefined) stack.turn({ page: 'channel', number: to.number })
  }
  const ids = channels.map((each) => String(each.number))
  const focus = useFocus('channel', row('channel', ids), {
    start: String(number),
    onOk(leaf) {
      // The first OK shows what is on; the second opens it.
      if (!isShown) return
      if (leaf !== String(number)) tune(channels.find((each) => String(each.number) === leaf))
      else if (channel !== undefined && channel.organization !== null)
        stack.open({ page: 'branch', id: channel.organization })
    },
    onEdge(direction) {
      if (direction === 'up') tune(beside(channels, number, 1))
      if (direction === 'down') tune(beside(channels, number, -1))
    },
    onKey(action) {
      const step = { 'channel-up': 1, 'page-up': 1, 'channel-down': -1, 'page-down': -1 } as const
      if (!(action in step)) return false
      tune(beside(channels, number, step[action as keyof typeof step]))
      return true
    },
  })
  useEffect(
    function followNumber() {
      focus.put(String(number))
    },
    [number],
  )
  const isGone = picture === 'lost' || picture === 'frozen'
  const next = beside(channels, number, 1, hasPicture)
  useEffect(
    function leaveLost() {
      if (!isGone || next === undefined) return
      const timer = setTimeout(() => {
        say(`${twoDigits(number)} 信号中断,已转到 ${twoDigits(next.number)}`)
        stack.turn({ page: 'channel', number: next.number })
      }, lossMs)
      return () => clearTimeout(timer)
    },
    [isGone, number, next?.number, stack],
  )
  if (channel === undefined) throw new Error('channelsOf gives no own channel')
  const { name, title } = words(channel)
  const from = Math.floor(Math.max(0, ids.indexOf(focus.at)) / thumbs) * thumbs

  return (
    <div className="tv-channel">
      <Picture camera={channel.camera} isLarge onState={setPicture} />
      <Corner />
      {said !== null && <p className="tv-channel-said late">{said}</p>}
      {isShown && (
        <>
          <div className="tv-channel-shade" />
          <div className="tv-channel-bar" style={boxStyle([8, 46.4, 100, 13.2])}>
            <span className="num">{twoDigits(channel.number)}</span>
            <div>
              <p className="serif gold line">{name}</p>
              <p className="line">{channel.camera === null ? '没有公开的现场' : title}</p>
            </div>
          </div>
          {channels.slice(from, from + thumbs).map((each, at) => (
            <Spot
              key={each.number}
              focus={focus}
              id={String(each.number)}
              className="tv-thumb"
              at={[8 + at * 24.5, 63.2, 21.5, 12.1]}
            >
              <Still camera={each.camera} />
              <p className="line">
                <span className="num">{each.number}</span>{' '}
                {each.number === 1 ? '本村' : words(each).place}
              </p>
            </Spot>
          ))}
          <p className="tv-keys lo">{keys}</p>
        </>
      )}
    </div>
  )
}

/** For five seconds after each key; the key that shows it is still heard by the page. */
function useShown(): boolean {
  const [keys, count] = useReducer((before: number) => before + 1, 0)
  const [isShown, setShown] = useState(true)
  useListener(() => {
    count()
    return false
  })
  useEffect(
    function hideLater() {
      setShown(true)
      const timer = setTimeout(() => setShown(false), shownMs)
      return () => clearTimeout(timer)
    },
    [keys],
  )
  return isShown
}

function Corner() {
  const minute = useWall(({ now }) => Math.floor(now / 60_000))
  return <time className="num tv-channel-clock">{clockTime(minute * 60_000)}</time>
}
