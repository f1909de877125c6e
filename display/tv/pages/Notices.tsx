/** 听通知: what the county and the township have posted, and the radio columns with their hours. */
import { useEffect } from 'react'
import type { Column, PostedNotice } from '../../../protocol/television.ts'
import { localDay } from '../../../protocol/time.ts'
import { shortDay } from '../../words.ts'
import { noticesOn, useNotices } from '../facts/notices.ts'
import { concerns, onAir } from '../facts/schedule.ts'
import { useMinute } from '../facts/use-village.ts'
import { column } from '../focus/tree.ts'
import { useFocus } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { List } from '../parts/List.tsx'
import { Reader } from '../parts/Reader.tsx'
import { boxStyle } from '../parts/Spot.tsx'
import { useTelevision, useTv } from '../television.ts'
import { useFileAge } from '../trust.ts'
import './lists.css'

type Entry =
  | { readonly kind: 'notice'; readonly id: string; readonly notice: PostedNotice }
  | { readonly kind: 'radio'; readonly id: string; readonly column: Column }

export function Notices() {
  const { stack, open } = useTelevision()
  const notices = useNotices()
  const opened = useTv((state) => state.opened)
  const radio = useTv(({ file }) => file.radio)
  const village = useTv((state) => state.village) ?? ''
  const now = useMinute()
  const age = useFileAge()
  const air = onAir(radio, now, village)?.entry
  const entries: readonly Entry[] = [
    ...notices.map((notice) => ({ kind: 'notice' as const, id: `n ${notice.id}`, notice })),
    ...radio
      .filter((each) => concerns(each, village))
      .map((each) => ({ kind: 'radio' as const, id: `r ${each.id}`, column: each })),
  ]
  const focus = useFocus(
    'notices',
    column(
      'notices',
      entries.map(({ id }) => id),
    ),
    {
      onOk(leaf) {
        const entry = entries.find(({ id }) => id === leaf)
        if (entry?.kind === 'notice') {
          open(entry.notice.id)
          stack.open({ page: 'notice', id: entry.notice.id })
        } else if (entry !== undefined) stack.open({ page: 'radio', id: entry.column.id })
      },
    },
  )
  const chosen = entries.find(({ id }) => id === focus.at)
  return (
    <Frame
      title="听通知"
      note={air === undefined ? '广播到点自动播出' : `正在播出:${air.title}`}
      age={<span className="late">{age.words}</span>}
      keys="▲ ▼ 选   OK 打开   返回 回首页"
    >
      <List
        focus={focus}
        rows={entries}
        idOf={({ id }) => id}
        size={6}
        first={[8, 21, 74, 8.6]}
        none={age.phase === 'none' ? '正在取通知' : '没有通知'}
        draw={(entry) =>
          entry.kind === 'notice' ? (
            <>
              <div className="tv-row-words">
                <p className="tv-row-title line">{entry.notice.title}</p>
                <p className="tv-row-line line">
                  {entry.notice.from} · {shortDay(entry.notice.on)}
                </p>
              </div>
              {!opened.includes(entry.notice.id) && <p className="tv-row-end gold">未读</p>}
            </>
          ) : (
            <>
              <div className="tv-row-words">
                <p className="tv-row-title line">{entry.column.title}</p>
                <p className="tv-row-line line">广播栏目</p>
              </div>
              <p className={`tv-row-end ${entry.column === air ? 'gold' : 'mid'}`}>
                {entry.column === air ? '正在播出' : <span className="fig">{entry.column.at}</span>}
              </p>
            </>
          )
        }
      />
      {chosen !== undefined && (
        <section className="tv-preview" style={boxStyle([86, 21, 66, 57.6])}>
          <h2 className="serif gold">
            {chosen.kind === 'notice' ? chosen.notice.title : chosen.column.title}
          </h2>
          <p className="tv-preview-text">
            {(chosen.kind === 'notice' ? chosen.notice : chosen.column).pages[0]}
          </p>
          <p className="tv-preview-source lo">
            {chosen.kind === 'notice'
              ? `${chosen.notice.from} · ${shortDay(chosen.notice.on)}`
              : `${chosen.column.at} 播出,${chosen.column.minutes} 分钟`}
          </p>
        </section>
      )}
    </Frame>
  )
}

export function NoticePage({ id }: { readonly id: string }) {
  const { open } = useTelevision()
  const notices = useTv(({ file }) => file.notices)
  const village = useTv((state) => state.village) ?? ''
  const day = localDay(useMinute())
  const notice = noticesOn(notices, day, village).find((each) => each.id === id)
  useEffect(
    function markOpened() {
      open(id)
    },
    [open, id],
  )
  return notice === undefined ? (
    <Reader title="通知" note="" pages={['这条通知已经过期或撤下。按“返回”回到列表。']} />
  ) : (
    <Reader
      title={notice.title}
      note={`${notice.from} · ${shortDay(notice.on)}`}
      pages={notice.pages}
    />
  )
}
