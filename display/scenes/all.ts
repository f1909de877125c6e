/** Every scene in the order of the tabs and of the rotation. A new one is one file and one line here. */
import type { CountyFile } from '../../protocol/county-file.ts'
import { floating } from './floating.ts'
import { governance } from './governance.ts'
import { learning } from './learning.ts'
import { overview } from './overview.ts'
import { province } from './province.ts'
import { ranking } from './ranking.ts'
import type { Scene } from './scene.ts'
import { services } from './services.ts'
import { township } from './township.ts'
import { warnings } from './warnings.ts'

export const scenes: readonly Scene[] = [
  overview,
  ranking,
  warnings,
  floating,
  governance,
  learning,
  services,
  township,
]

/** Of what has parts: no branch of its own, so no scene of branches. */
export const provinceScenes: readonly Scene[] = [province, services]

interface Program {
  readonly scenes: readonly Scene[]
  /** Those with a tab. */
  readonly rotation: readonly Scene[]
  /** Ids of those without. */
  readonly apart: readonly string[]
}

const programFrom = (all: readonly Scene[]): Program => ({
  scenes: all,
  rotation: all.filter(({ isApart }) => isApart !== true),
  apart: all.flatMap(({ id, isApart }) => (isApart ? [id] : [])),
})
const ofCounty = programFrom(scenes)
const ofProvince = programFrom(provinceScenes)

/** The same object each time. */
export function programOf({ parts }: CountyFile): Program {
  return parts === undefined ? ofCounty : ofProvince
}
