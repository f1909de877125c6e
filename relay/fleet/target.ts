/** Whom somebody may tell something: every screen of it has to lie where the person answers for. */
import { everywhere } from '../../protocol/division.ts'
import type { Target } from '../../protocol/fleet.ts'
import { answersFor, type Person } from '../people/person.ts'
import type { ScreenStore } from './store.ts'

/** False also where one of the screens is not there. */
export function mayTell(
  person: Person,
  target: Target,
  screens: Pick<ScreenStore, 'get'>,
): boolean {
  return placesOf(target, screens).every(
    (place) => place !== undefined && answersFor(person, place),
  )
}

function placesOf(
  target: Target,
  screens: Pick<ScreenStore, 'get'>,
): readonly (string | undefined)[] {
  switch (target.kind) {
    case 'all':
      return [everywhere]
    case 'place':
      return [target.scope]
    case 'screen':
      return [screens.get(target.id)?.config.scope]
    case 'screens':
      return target.ids.map((id) => screens.get(id)?.config.scope)
  }
}

/** For the audit. */
export function whomOf(target: Target): string {
  switch (target.kind) {
    case 'all':
      return everywhere
    case 'place':
      return target.scope
    case 'screen':
      return target.id
    case 'screens':
      return target.ids.join(' ')
  }
}
