/** Teaches this screen its remote: one key after the other, and in force only once its own OK has said so. */
import { useEffect, useState } from 'react'
import { listenToAllKeys } from '../keys/listen.ts'
import { meaningOf } from '../keys/remote-map.ts'
import { asked, firstKeyLesson, isExtra, learn, type KeyLesson } from '../keys/lesson.ts'
import type { KeyAction } from '../keys/profiles.ts'
import { Frame } from '../parts/Frame.tsx'
import { boxStyle } from '../parts/Spot.tsx'
import { useTelevision } from '../television.ts'
import './keys.css'

const names: Readonly<Record<KeyAction, string>> = {
  up: '上',
  down: '下',
  left: '左',
  right: '右',
  ok: '确认(OK)',
  back: '返回',
  menu: '菜单',
  'page-up': '上一页',
  'page-down': '下一页',
  'channel-up': '频道加',
  'channel-down': '频道减',
  red: '红',
  green: '绿',
  yellow: '黄',
  blue: '蓝',
}

/** Nobody answers: the old keys stay. */
const patienceMs = 30_000

export function Keys() {
  const { stack, store, learnRemote } = useTelevision()
  const [lesson, setLesson] = useState<KeyLesson>(firstKeyLesson)
  const key = asked(lesson)
  useEffect(
    function listenWhileAsked() {
      const unlisten = listenToAllKeys((code) => {
        // Nobody shows "back" when asked for "up": that is somebody who came here by mistake.
        const meaning = meaningOf({ keyCode: code }, store.getState().remote)
        const isBack = typeof meaning === 'object' && meaning.action === 'back'
        if (lesson === firstKeyLesson && isBack) stack.back()
        else if (key !== null) setLesson(learn(lesson, code))
        else if (code === lesson.learned.ok) {
          learnRemote(lesson.learned)
          stack.back()
        }
      })
      const timer = setTimeout(() => stack.back(), patienceMs)
      return () => {
        unlisten()
        clearTimeout(timer)
      }
    },
    [key, lesson, learnRemote, stack, store],
  )
  const known = Object.keys(lesson.learned).length
  return (
    <Frame title="学遥控器" note="按照屏幕上的字,一个键一个键按;现在按“返回”或三十秒不按,就不改">
      <section className="tv-lesson" style={boxStyle([8, 21, 144, 46])}>
        {key === null ? (
          <>
            <p className="mid">学好了</p>
            <p className="serif gold tv-lesson-key">按新的“确认”键生效</p>
          </>
        ) : (
          <>
            <p className="mid">请按</p>
            <p className="serif gold tv-lesson-key">{names[key]}</p>
            <p className="mid">
              {lesson.taken !== null
                ? `这个键已经学成“${names[lesson.taken]}”,请按另一个`
                : isExtra(key)
                  ? '遥控器上没有这个键,就按“确认”跳过'
                  : ' '}
            </p>
          </>
        )}
      </section>
      <p className="tv-lesson-known lo">已学 {known} 个键</p>
    </Frame>
  )
}
