/** Every scene in the order of the tabs and of the rotation. A new one is one file and one line here. */
import type { CountyFile } from '../../protocol/county-file.ts'
import { floating } from './floating.ts'
import { governance } from './governance.ts'
import { learning } from './learning.ts'
import { night } from './night.ts'
import { overview } from './overview.ts'
import { platforms } from './platforms.ts'
import { province } from './province.ts'
import { ranking } from './ranking.ts'
import type { Scene } from './scene.ts'
import { services } from './services.ts'
import { township } from './township.ts'
import { video } from './video.ts'
import { warnings } from './warnings.ts'

export const scenes: readonly Scene[] = [
  overview,
  ranking,
  warnings,
  floating,
  governance,
  learning,
  services,
  video,
  platforms,
  township,
  night,
]

/** Of what has parts: no branch of its own, so no scene of branches. */
export const provinceScenes: readonly Scene[] = [province, services, platforms, night]

interface Program {
  readonly scenes: readonly Scene[]
  /** Those with a tab, and the night's. */
  readonly rotation: readonly Scene[]
  readonly tabs: readonly Scene[]
  /** Ids of those without. */
  readonly apart: readonly string[]
  /** Ids of those that have no past. */
  readonly ofNow: readonly string[]
}

const programFrom = (all: readonly Scene[]): Program => ({
  scenes: all,
  rotation: all.filter(({ isApart }) => isApart !== true),
  tabs: all.filter(({ isApart, isBare }) => isApart !== true && isBare !== true),
  apart: all.flatMap(({ id, isApart }) => (isApart ? [id] : [])),
  ofNow: all.flatMap(({ id, isOfNow }) => (isOfNow ? [id] : [])),
})
const ofCounty = programFrom(scenes)
const ofProvince = programFrom(provinceScenes)

/** The same object each time. */
export function programOf({ parts }: CountyFile): Program {
  return parts === undefined ? ofCounty : ofProvince
}
