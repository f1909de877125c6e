/** 学党课: lessons of the county, which the box keeps and shows without a network as well. */
import { useState } from 'react'
import type { Lesson } from '../../../protocol/television.ts'
import { column } from '../focus/tree.ts'
import { useFocus, useListener } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { List } from '../parts/List.tsx'
import { boxStyle } from '../parts/Spot.tsx'
import { Reader } from '../parts/Reader.tsx'
import { useTelevision, useTv } from '../television.ts'
import { useFileAge } from '../trust.ts'
import './lists.css'

export function Lessons() {
  const { stack } = useTelevision()
  const lessons = useTv(({ file }) => file.lessons)
  const age = useFileAge()
  const focus = useFocus(
    'lessons',
    column(
      'lessons',
      lessons.map(({ id }) => id),
    ),
    {
      onOk: (leaf) => stack.open({ page: 'lesson', id: leaf }),
    },
  )
  const chosen = lessons.find(({ id }) => id === focus.at)
  return (
    <Frame
      title="学党课"
      note="断网时也能学"
      age={age.words}
      keys="▲ ▼ 选课   OK 开始学   返回 回首页"
    >
      <List
        focus={focus}
        rows={lessons}
        idOf={({ id }) => id}
        size={6}
        first={[8, 21, 74, 8.6]}
        none={age.phase === 'none' ? '正在取党课' : '县里还没有放党课'}
        draw={({ title, pages, video }) => (
          <>
            <p className="tv-row-words tv-row-title line">{title}</p>
            <p className="tv-row-end mid">
              {video === undefined ? (
                <>
                  <span className="fig">{pages.length}</span> 页
                </>
              ) : (
                '视频'
              )}
            </p>
          </>
        )}
      />
      {chosen !== undefined && (
        <section className="tv-preview" style={boxStyle([86, 21, 66, 57.6])}>
          <h2 className="serif gold">{chosen.title}</h2>
          <p className="tv-preview-text">{chosen.pages[0]}</p>
          <p className="tv-preview-source lo">{chosen.source}</p>
        </section>
      )}
    </Frame>
  )
}

export function LessonPage({ id }: { readonly id: string }) {
  const lesson = useTv(({ file }) => file.lessons.find((each) => each.id === id))
  const [isUnplayable, setUnplayable] = useState(false)
  if (lesson === undefined)
    return <Reader title="学党课" note="" pages={['这一课已经撤下。按“返回”回到党课。']} />
  return lesson.video === undefined || isUnplayable ? (
    <Reader
      title={lesson.title}
      note={`${isUnplayable ? '本机不能播放这段视频,改看文字 · ' : ''}${lesson.source}`}
      pages={lesson.pages}
    />
  ) : (
    <Film lesson={lesson} onFail={() => setUnplayable(true)} />
  )
}

interface FilmProps {
  readonly lesson: Lesson
  readonly onFail: () => void
}

function Film({ lesson, onFail }: FilmProps) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const [isPaused, setPaused] = useState(false)
  useListener((action) => {
    if (video === null || (action !== 'ok' && action !== 'left' && action !== 'right')) return false
    if (action === 'left') video.currentTime = Math.max(0, video.currentTime - 15)
    else if (action === 'right') video.currentTime += 15
    else {
      if (isPaused) video.play()?.catch(onFail)
      else video.pause()
      setPaused(!isPaused)
    }
    return true
  })
  return (
    <Frame title={lesson.title} note={lesson.source} keys="◀ ▶ 快退快进   OK 暂停   返回 回上页">
      <div className="tv-film" style={boxStyle([26, 20.6, 108, 60.75])}>
        <video ref={setVideo} src={`/media/${lesson.video}`} autoPlay onError={onFail} />
        {isPaused && <p className="tv-film-paused">已暂停</p>}
      </div>
    </Frame>
  )
}
