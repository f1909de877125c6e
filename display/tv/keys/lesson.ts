/** Learning a remote key by key: what is asked next, and what was shown so far. Pure. */
import type { KeyAction } from './profiles.ts'

/** Without these nobody gets anywhere. */
const needed: readonly KeyAction[] = ['up', 'down', 'left', 'right', 'ok', 'back']
/** Not on every remote: OK passes over one. */
const extra: readonly KeyAction[] = ['channel-up', 'channel-down', 'red', 'green', 'yellow', 'blue']

export interface KeyLesson {
  readonly learned: Readonly<Partial<Record<KeyAction, number>>>
  readonly passed: readonly KeyAction[]
  /** The key that the last code belongs to already. */
  readonly taken: KeyAction | null
}

export const firstKeyLesson: KeyLesson = { learned: {}, passed: [], taken: null }

/** Null when all are known. */
export function asked({ learned, passed }: KeyLesson): KeyAction | null {
  return (
    [...needed, ...extra].find((key) => learned[key] === undefined && !passed.includes(key)) ?? null
  )
}

export const isExtra = (key: KeyAction): boolean => extra.includes(key)

export function learn(lesson: KeyLesson, keyCode: number): KeyLesson {
  const key = asked(lesson)
  if (key === null) return lesson
  const taken = Object.entries(lesson.learned).find(([, code]) => code === keyCode)?.[0]
  if (taken === undefined)
    return { ...lesson, learned: { ...lesson.learned, [key]: keyCode }, taken: null }
  if (taken === 'ok' && isExtra(key))
    return { ...lesson, passed: [...lesson.passed, key], taken: null }
  return { ...lesson, taken: taken as KeyAction }
}
