/** Every scene, in the order in which a county that has just been switched on needs them. */
import type { Scene } from '../scene.ts'
import { assembly } from './assembly.ts'
import { courtyard } from './courtyard.ts'
import { dark } from './dark.ts'
import { empty } from './empty.ts'
import { field } from './field.ts'
import { hall } from './hall.ts'
import { night } from './night.ts'
import { online } from './online.ts'
import { service } from './service.ts'
import { street } from './street.ts'
import { table } from './table.ts'

export const scenes: readonly Scene[] = [
  hall,
  field,
  courtyard,
  online,
  service,
  empty,
  table,
  assembly,
  street,
  night,
  dark,
]
