/** Every mock platform. A new one is one file in `platforms/` and one line here. */
import type { MockPlatform } from './platform.ts'
import { pengshan } from './platforms/pengshan.ts'
import { fujian } from './platforms/fujian.ts'
import { guangan } from './platforms/guangan.ts'
import { sanyuan } from './platforms/sanyuan.ts'
import { shushan } from './platforms/shushan.ts'
import { xining } from './platforms/xining.ts'
import { xintian } from './platforms/xintian.ts'
import { yunnan } from './platforms/yunnan.ts'
import { kaihua } from './platforms/kaihua.ts'

export const platforms: readonly MockPlatform[] = [
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
