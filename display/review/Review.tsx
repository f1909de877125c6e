/** The leaders' page: whose board it is of, and of when. */
import { useEffect, useState } from 'react'
import type { CountyFile } from '../../protocol/county-file.ts'
import { createWall, WallProvider, type Wall } from '../board.ts'
import { isSnapshot } from '../checks.ts'
import { homeOf, useSession } from '../console/session.ts'
import { CountyFileProvider, fetchCountyFile } from '../county.ts'
import { keepTime } from '../kiosk/ticks.ts'
import { fetchJson, followRelay, openSocket } from '../link.ts'
import { Shell } from './Shell.tsx'

export function Review() {
  const { me } = useSession()
  const code = homeOf(me)
  const [county, setCounty] = useState<CountyFile>()
  /** The local day and minute that is looked at, as an input tells it; '' is now. */
  const [at, setAt] = useState('')
  const [wall, setWall] = useState<Wall>()
  const [trouble, setTrouble] = useState('')

  useEffect(
    function askCounty() {
      void fetchCountyFile(code).then(setCounty)
    },
    [code],
  )
  useEffect(
    function followBoard() {
      setTrouble('')
      if (at === '') {
        const living = createWall({ now: Date.now() })
        setWall(living)
        const stopTime = keepTime(living, Date.now)
        const unfollow = followRelay(living, {
          scope: code,
          socket: openSocket(),
          fetchJson,
          clock: Date.now,
          random: Math.random,
        })
        return () => {
          stopTime()
          unfollow()
        }
      }
      let isGone = false
      fetchJson(`/v1/snapshot/${code}?at=${at}`).then(
        (body) => {
          if (isGone || !isSnapshot(body)) return
          const past = createWall({ now: Date.parse(`${at}:00+08:00`), isPast: true })
          past.receive(body)
          setWall(past)
        },
        () => !isGone && setTrouble('没有取到那一刻的数据:请换一个已经过去的时间,或稍后再试'),
      )
      return () => {
        isGone = true
      }
    },
    [code, at],
  )
  if (county === undefined || wall === undefined)
    return (
      <main className="door">
        <p role="status">正在取数据…</p>
      </main>
    )
  return (
    <WallProvider value={wall}>
      <CountyFileProvider value={county}>
        <Shell at={at} onAt={setAt} trouble={trouble} />
      </CountyFileProvider>
    </WallProvider>
  )
}
