import { writeSync } from 'node:fs'
import { createHub } from '../../relay/hub.ts'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import { keyOf, planEvents, planNow, seeded } from './plan.ts'

// node append-child.ts FILE SEED COUNT FROM — delivers the plan from index FROM and prints what was acknowledged, one
// line an entry: "ack INDEX ORDINAL KEY". Meant to be killed at any moment.
const [file = '', ...numbers] = process.argv.slice(2)
const [seed = 0, count = 0, from = 0] = numbers.map(Number)

writeSync(1, 'opening\n')
const journal = openEmbeddedJournal(file)
// Snapshots are saved often, so that a kill meets them too.
const hub = createHub({
  home: '431128',
  journal,
  now: () => planNow,
  flushMs: 20,
  saveEvery: 150,
  saveDivisionEvery: 70,
})
const plan = planEvents(seed, count)
const random = seeded(seed + from)

let next = from
async function deliver(): Promise<void> {
  while (next < plan.length) {
    const first = next
    next += 1 + Math.floor(random() ** 3 * 40)
    const batch = plan.slice(first, next)
    const receipts = await hub.accept(batch)
    const lines = batch.map(
      (entry, index) => `ack ${first + index} ${receipts[index]?.ordinal} ${keyOf(entry)}\n`,
    )
    writeSync(1, lines.join(''))
  }
}

await Promise.all(Array.from({ length: 8 }, deliver))
await hub.stop()
await journal.close()
writeSync(1, 'done\n')
