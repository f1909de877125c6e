import { Problem } from '../http/problem.ts'
import { answersFor, type Person } from '../people/person.ts'
import type { Screen, ScreenStore } from './store.ts'

/** One where the person does not answer for is not there. Throws `Problem` 404. */
export function foundScreen(screens: Pick<ScreenStore, 'get'>, id: string, person: Person): Screen {
  const screen = screens.get(id)
  if (screen === undefined || !answersFor(person, screen.config.scope))
    throw new Problem(404, `没有编号为 "${id.slice(0, 64)}" 的屏幕`)
  return screen
}
