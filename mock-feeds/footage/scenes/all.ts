/** Every scene there is. */
import type { Scene } from '../scene.ts'
import { assembly } from './assembly.ts'
import { closed } from './closed.ts'
import { courtyard } from './courtyard.ts'
import { dark } from './dark.ts'
import { empty } from './empty.ts'
import { evening } from './evening.ts'
import { field } from './field.ts'
import { hall } from './hall.ts'
import { night } from './night.ts'
import { online } from './online.ts'
import { service } from './service.ts'
import { street } from './street.ts'
import { table } from './table.ts'

export const scenes: readonly Scene[] = [
  assembly,
  closed,
  courtyard,
  dark,
  empty,
  evening,
  field,
  hall,
  night,
  online,
  service,
  street,
  table,
]
