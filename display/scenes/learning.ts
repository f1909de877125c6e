import type { Board } from '../../protocol/board.ts'
import { StudyDay } from '../widgets/study-day/StudyDay.tsx'
import { StudyMinutes } from '../widgets/study-minutes/StudyMinutes.tsx'
import { StudyMonth } from '../widgets/study-month/StudyMonth.tsx'
import { StudyMore } from '../widgets/study-more/StudyMore.tsx'
import { StudyPlaces } from '../widgets/study-places/StudyPlaces.tsx'
import type { Place, Scene } from './scene.ts'

const day: Place = { name: '今日学习', area: [4, 14, 152, 52], widget: StudyDay }
const month: Place = { name: '学习近 30 天', area: [160, 14, 76, 52], widget: StudyMonth }

const whole: readonly Place[] = [
  day,
  month,
  { name: '支部人均学习', area: [4, 69, 108, 60], widget: StudyMinutes },
  { name: '乡镇人均学习', area: [116, 69, 62, 60], widget: StudyPlaces },
  { name: '学用结合', area: [182, 69, 54, 60], widget: StudyMore },
]

/** Nothing but study itself is told: townships move to the right edge. */
const studyAlone: readonly Place[] = [
  day,
  month,
  { name: '支部人均学习', area: [4, 69, 108, 60], widget: StudyMinutes },
  { name: '乡镇人均学习', area: [164, 69, 72, 60], widget: StudyPlaces },
]

const told: readonly string[] = ['quizParticipants', 'reflections', 'exchanges', 'forumReplies']

function arrange({ daily, studies, programmes }: Board): readonly Place[] {
  const hasMore =
    programmes.size > 0 ||
    told.some((series) => daily.get(series)?.values.some((value) => value > 0) === true) ||
    [...studies.values()].some(({ belowHours }) => belowHours !== null)
  return hasMore || studies.size === 0 ? whole : studyAlone
}

/** 学习: is study regular? */
export const learning: Scene = {
  id: 'learning',
  title: '学习',
  seconds: 30,
  caption: '时长按支部人均计 · 党员个人学习情况不上屏',
  places: whole,
  arrange,
}
