import { writeSync } from 'node:fs'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import { keyOf, planEntries, seeded } from './plan.ts'

// node append-child.ts FILE SEED COUNT FROM — delivers the plan from index FROM and prints what was acknowledged, one
// line an entry: "ack INDEX ORDINAL KEY". Meant to be killed at any moment.
const [file = '', ...numbers] = process.argv.slice(2)
const [seed = 0, count = 0, from = 0] = numbers.map(Number)

writeSync(1, 'opening\n')
const journal = openEmbeddedJournal(file)
const plan = planEntries(seed, count)
const random = seeded(seed + from)

let next = from
async function deliver(): Promise<void> {
  while (next < plan.length) {
    const first = next
    next += 1 + Math.floor(random() ** 3 * 40)
    const batch = plan.slice(first, next)
    const receipts = await journal.append(batch, new Date().toISOString())
    const lines = batch.map(
      (entry, index) => `ack ${first + index} ${receipts[index]?.ordinal} ${keyOf(entry)}\n`,
    )
    writeSync(1, lines.join(''))
  }
}

await Promise.all(Array.from({ length: 8 }, deliver))
await journal.close()
writeSync(1, 'done\n')
