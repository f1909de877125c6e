/** Loaded into the relay's process ahead of it: its wall clock is the soak's, everything else is the product. */
import { readClock, type Pace } from './clock.ts'

let pace = JSON.parse(process.env['SOAK_PACE'] ?? '') as Pace
Date.now = () => readClock(pace)
process.on('message', (message: { readonly pace?: Pace }) => {
  if (message.pace === undefined) return
  pace = message.pace
  process.send?.({ paced: pace.atMs })
})
