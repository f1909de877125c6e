/** Whose eyes see a board: an audience, and the part of the organisation tree within which it is that. */
import { covers, everywhere } from '../protocol/division.ts'
import type { Audience } from './project.ts'

/** An audience of one scope; of a township's office its code is named as well, for each has rows of its own. */
export type Viewer = 'public' | 'wall' | 'county' | `township ${string}`

/** What somebody is: `code` is a division for the wall and the county, a township's nine digits for its office. */
export interface Reach {
  readonly audience: Audience
  readonly code: string
}

export const thePublic: Reach = { audience: 'public', code: everywhere }
/** Of the relay's own machine, and of its operator: of every division. */
export const everywhereAs = (audience: 'wall' | 'county'): Reach => ({ audience, code: everywhere })

/** As whom one of such a reach sees the board of a scope: beyond its own part of the tree as the public. */
export function viewerOf({ audience, code }: Reach, scope: string): Viewer {
  switch (audience) {
    case 'public':
      return 'public'
    case 'township':
      return code.slice(0, 6) === scope ? `township ${code}` : 'public'
    case 'wall':
    case 'county':
      return covers(code, scope) ? audience : 'public'
  }
}

/** The two words that `project` asks for: the audience, and its own division. */
export function eyesOf(viewer: Viewer, scope: string): readonly [audience: Audience, own: string] {
  if (viewer === 'public' || viewer === 'wall' || viewer === 'county') return [viewer, scope]
  return ['township', viewer.slice('township '.length)]
}

/** Whether it is shown what stays inside, of an organisation of a township. */
export function isInside(viewer: Viewer, township: string | null): boolean {
  if (viewer === 'public') return false
  return viewer === 'wall' || viewer === 'county' || viewer === `township ${township}`
}
