/** Every platform that may speak to the relay. A new platform is one file and one line here. */
import type { Adapter } from './adapter.ts'
import { pengshan } from './pengshan.ts'
import { fujian } from './fujian.ts'
import { guangan } from './guangan.ts'
import { sanyuan } from './sanyuan.ts'
import { shushan } from './shushan.ts'
import { xining } from './xining.ts'
import { xintian } from './xintian.ts'
import { yunnan } from './yunnan.ts'
import { kaihua } from './kaihua.ts'

export const adapters: readonly Adapter[] = [
  xintian,
  pengshan,
  fujian,
  yunnan,
  kaihua,
  sanyuan,
  xining,
  shushan,
  guangan,
]

const byPlatform = new Map(adapters.map((adapter) => [adapter.platform, adapter]))

export function adapterOf(platform: string): Adapter | undefined {
  return byPlatform.get(platform)
}
