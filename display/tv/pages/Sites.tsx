/** 看现场: every channel with its number. */
import { hasPicture, twoDigits, type Channel } from '../facts/channels.ts'
import { useChannels, useChannelWords } from '../facts/use-village.ts'
import { grid } from '../focus/tree.ts'
import { useFocus } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { Still } from '../parts/Still.tsx'
import { pageOf } from '../parts/List.tsx'
import { Spot } from '../parts/Spot.tsx'
import { useTelevision, useTv } from '../television.ts'
import { useIsOld } from '../trust.ts'
import './sites.css'

const columns = 4
const size = 2 * columns

export function Sites() {
  const { stack } = useTelevision()
  const isTold = useTv(({ cameras }) => cameras !== null)
  const isOld = useIsOld()
  const channels = useChannels()
  const words = useChannelWords()
  const ids = channels.map(({ number }) => String(number))
  const focus = useFocus('sites', grid('sites', ids, columns), {
    onOk: (leaf) => stack.open({ page: 'channel', number: Number(leaf) }),
  })
  const { from, page, pages } = pageOf(ids, focus.at, size)
  const live = channels.filter(hasPicture).length
  const note = !isTold
    ? '正在向汇聚中心取频道表'
    : live === 0
      ? '现在没有公开的直播;县里签字公开的现场会出现在这里'
      : `${live} 路有画面 · 也可以直接按两位频道号`
  return (
    <Frame
      title="看现场"
      note={note}
      age={pages > 1 ? `第 ${page} 页,共 ${pages} 页` : undefined}
      keys="◀ ▶ ▲ ▼ 选现场   OK 全屏看   返回 回首页"
    >
      {channels.slice(from, from + size).map((channel, at) => (
        <Spot
          key={channel.number}
          focus={focus}
          id={String(channel.number)}
          className="spot-card tv-site"
          at={[8 + (at % columns) * 36.6, 21 + Math.floor(at / columns) * 30.4, 34.2, 28]}
        >
          <Still camera={channel.camera} />
          <p className="tv-site-name line">
            <span className="num">{twoDigits(channel.number)}</span>{' '}
            {[words(channel).place, channel.number === 1 ? '本村' : '']
              .filter((word) => word !== '')
              .join(' · ')}
          </p>
          <p className="tv-site-line line">{isOld ? '断网' : siteLine(channel)}</p>
        </Spot>
      ))}
    </Frame>
  )
}

function siteLine({ camera }: Channel): string {
  if (camera === null) return '没有公开的现场'
  switch (camera.health.state) {
    case 'ok':
    case 'unknown':
      return camera.title
    case 'dark':
      return '画面全黑'
    case 'frozen':
      return '画面不动'
    case 'lost':
      return '信号中断'
  }
}
