/** A wall that looks as the public is told of no stream: it goes by the cameras that somebody has signed for. */
import { useEffect } from 'react'
import type { Board, Row, Table } from '../../protocol/board.ts'
import { useWall, useWallStore } from '../board.ts'
import { useCountyFile } from '../county.ts'
import { streamOf, useCameras, useVideoLink, type Cameras } from './video.ts'

/** The tables that were made here, and not told by the relay. */
const made = new WeakSet<Table<'streams'>>()

/** Streams there are, and none is told: they are kept back. Above a county none ever is. */
export function isKeptBack(
  { county, streams }: Pick<Board, 'county' | 'streams'>,
  code: string,
): boolean {
  const count = [...county.values()][0]?.streams ?? 0
  return count > 0 && !code.endsWith('00') && (streams.size === 0 || made.has(streams))
}

export function clearedStreams(cameras: Cameras): Table<'streams'> {
  const rows = [...cameras.values()].filter(({ isPublic }) => isPublic).map(streamOf)
  const streams: Table<'streams'> = new Map(
    rows.map((row): [string, Row<'streams'>] => [row.id, row]),
  )
  made.add(streams)
  return streams
}

/** Puts them on the board for as long as the streams are kept back. */
export function Cleared() {
  const { code } = useCountyFile()
  const isOn = useWall(({ board, isPast }) => !isPast && isKeptBack(board, code))
  return isOn ? <ClearedStreams /> : null
}

function ClearedStreams() {
  const { store } = useWallStore()
  const cameras = useCameras()
  const epoch = useWall((state) => state.epoch)
  useVideoLink()
  useEffect(
    function putOnBoard() {
      const put = (streams: Table<'streams'>) =>
        store.setState(({ board }) => ({ board: { ...board, streams } }))
      if (cameras !== null) put(clearedStreams(cameras))
      return () => {
        if (made.has(store.getState().board.streams)) put(new Map())
      }
    },
    // A new board begins without them.
    [store, cameras, epoch],
  )
  return null
}
