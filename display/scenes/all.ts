/** Every scene in the order of the tabs and of the rotation. A new one is one file and one line here. */
import { floating } from './floating.ts'
import { governance } from './governance.ts'
import { learning } from './learning.ts'
import { overview } from './overview.ts'
import { ranking } from './ranking.ts'
import type { Scene } from './scene.ts'
import { township } from './township.ts'
import { warnings } from './warnings.ts'

export const scenes: readonly Scene[] = [
  overview,
  ranking,
  warnings,
  floating,
  governance,
  learning,
  township,
]
/** Those with a tab. */
export const rotation: readonly Scene[] = scenes.filter(({ isApart }) => isApart !== true)
export const apart: readonly string[] = scenes.flatMap(({ id, isApart }) => (isApart ? [id] : []))
