/** A radio column: its sound where there is one, its text in any case, page by page by itself. */
import { useEffect, useRef, useState } from 'react'
import type { Column } from '../../../protocol/television.ts'
import { onAir } from '../facts/schedule.ts'
import { useMinute } from '../facts/use-village.ts'
import { useListener } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { Page, Reader } from '../parts/Reader.tsx'
import { useTv } from '../television.ts'

const pageMs = 20_000

export function RadioPage({ id }: { readonly id: string }) {
  const radio = useTv(({ file }) => file.radio)
  const column = radio.find((each) => each.id === id)
  return column === undefined ? (
    <Reader title="广播" note="" pages={['这个栏目已经撤下。按“返回”回到列表。']} />
  ) : (
    <OnAir column={column} />
  )
}

type Sound = 'none' | 'silent' | 'playing' | 'failed'
const soundWords: Readonly<Record<Sound, string>> = {
  none: '文字播报',
  silent: '正在打开声音',
  playing: '正在播出声音',
  failed: '声音放不出来,请看文字',
}

function OnAir({ column }: { readonly column: Column }) {
  const { title, at, minutes, pages, audio } = column
  const village = useTv((state) => state.village) ?? ''
  const loudness = useTv((state) => state.loudness)
  const player = useRef<HTMLAudioElement>(null)
  const now = useMinute()
  const [page, setPage] = useState(0)
  const [sound, setSound] = useState<Sound>(audio === undefined ? 'none' : 'silent')
  const isOn = onAir([column], now, village) !== undefined
  const last = pages.length - 1
  useEffect(
    function turnPages() {
      const timer = setTimeout(() => setPage(page === last ? 0 : page + 1), pageMs)
      return () => clearTimeout(timer)
    },
    [page, last],
  )
  useEffect(
    function setLoudness() {
      if (player.current !== null) player.current.volume = loudness
    },
    [loudness],
  )
  useListener((action) => {
    if (action === 'right' || action === 'down') setPage(Math.min(last, page + 1))
    else if (action === 'left' || action === 'up') setPage(Math.max(0, page - 1))
    else return action === 'ok'
    return true
  })
  return (
    <Frame
      title={title}
      note={`${isOn ? '正在播出' : '每次播出'} ${at} · ${minutes} 分钟 · ${soundWords[sound]}`}
      keys="◀ ▶ 翻页   返回 不听了"
    >
      <Page text={pages[page] ?? ''} at={page} of={pages.length} />
      {audio !== undefined && (
        <audio
          ref={player}
          src={`/media/${audio}`}
          autoPlay
          onPlaying={() => setSound('playing')}
          onError={() => setSound('failed')}
        />
      )}
    </Frame>
  )
}
