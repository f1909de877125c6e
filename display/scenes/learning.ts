import type { Board } from '../../protocol/board.ts'
import { StudyDay } from '../widgets/study-day/StudyDay.tsx'
import { StudyMinutes, StudyMinutesAlone } from '../widgets/study-minutes/StudyMinutes.tsx'
import { StudyMonth } from '../widgets/study-month/StudyMonth.tsx'
import { StudyMore } from '../widgets/study-more/StudyMore.tsx'
import { StudyPlaces } from '../widgets/study-places/StudyPlaces.tsx'
import type { Look, Place, Scene } from './scene.ts'

const day: Place = { name: '今日学习', area: [4, 14, 152, 52], widget: StudyDay }
const month: Place = { name: '学习近 30 天', area: [160, 14, 76, 52], widget: StudyMonth }

const whole: readonly Place[] = [
  day,
  month,
  { name: '支部人均学习', area: [4, 69, 108, 60], widget: StudyMinutes },
  { name: '乡镇人均学习', area: [116, 69, 62, 60], widget: StudyPlaces },
  { name: '学用结合', area: [182, 69, 54, 60], widget: StudyMore },
]

/** Nothing but study itself is told. */
const studyAlone: readonly Place[] = [
  day,
  month,
  { name: '支部人均学习', area: [4, 69, 146, 60], widget: StudyMinutesAlone },
  { name: '乡镇人均学习', area: [154, 69, 82, 60], widget: StudyPlaces },
]
const moreAlone: readonly Place[] = [
  { name: '学用结合', area: [4, 14, 112, 60], widget: StudyMore },
  { name: '今日学习', area: [120, 14, 116, 40], widget: StudyDay },
]
const nothing: readonly Place[] = [{ name: '今日学习', area: [4, 14, 232, 40], widget: StudyDay }]

const wholeFar: readonly Place[] = [
  { name: '今日学习', area: [4, 14, 140, 56], widget: StudyDay },
  { name: '学习近 30 天', area: [150, 14, 86, 56], widget: StudyMonth },
  { name: '支部人均学习', area: [4, 73, 140, 56], widget: StudyMinutes },
  { name: '学用结合', area: [150, 73, 86, 56], widget: StudyMore },
]
const studyFar: readonly Place[] = [
  ...wholeFar.slice(0, 2),
  { name: '支部人均学习', area: [4, 73, 232, 56], widget: StudyMinutesAlone },
]
const moreFar: readonly Place[] = [
  { name: '学用结合', area: [4, 14, 112, 72], widget: StudyMore },
  { name: '今日学习', area: [124, 14, 112, 72], widget: StudyDay },
]

const told: readonly string[] = ['quizParticipants', 'reflections', 'exchanges', 'forumReplies']

function toldOf({ daily, studies, programmes }: Board): {
  readonly study: boolean
  readonly more: boolean
} {
  const has = (series: string) => daily.get(series)?.values.some((value) => value > 0) === true
  return {
    study: studies.size > 0 || has('learners'),
    more: programmes.size > 0 || told.some(has),
  }
}

function arrange(board: Board, { isFar }: Look): readonly Place[] {
  const { study, more } = toldOf(board)
  if (study && more) return isFar ? wholeFar : whole
  if (study) return isFar ? studyFar : studyAlone
  if (!more) return nothing
  return isFar ? moreFar : moreAlone
}

/** 学习: is study regular? */
export const learning: Scene = {
  id: 'learning',
  title: '学习',
  seconds: 30,
  caption: '时长按支部人均计 · 党员个人学习情况不上屏',
  places: whole,
  far: wholeFar,
  others: studyAlone.filter((place) => !whole.includes(place)),
  arrange,
  isTold: (board) => Object.values(toldOf(board)).some(Boolean),
}
