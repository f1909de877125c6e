// node scale-child.ts FILE NOW_MS: a start without saved states, in a process of its own. Saves them, and prints what it took, as JSON.
import { createHub } from '../../relay/hub.ts'
import { openWhileVerifying } from '../../relay/journal/embedded.ts'

const [file = '', nowMs = '0'] = process.argv.slice(2)
const openedAt = performance.now()
const { journal, verified } = openWhileVerifying(file)
const hub = createHub({
  home: '530000',
  journal,
  now: () => Number(nowMs),
  flushMs: 1e9,
  onProgress: (replayed, total) => {
    if (replayed % 500_000 === 0) console.error(`         ${replayed} of ${total} replayed`)
  },
})
const boardsMs = performance.now() - openedAt
await verified
const startMs = performance.now() - openedAt
const total = hub.version().version
// The limit: every event read and parsed, and nothing else.
const parsedAt = performance.now()
let after = 0
while (after < Math.min(total, 200_000)) {
  for (const stored of journal.read(after, 5_000)) {
    after = stored.ordinal
    JSON.parse(stored.body)
  }
}
const parseMs = ((performance.now() - parsedAt) / after) * total
const stoppedAt = performance.now()
await hub.stop()
const stopMs = performance.now() - stoppedAt
await journal.close()
console.log(JSON.stringify({ total, startMs, boardsMs, parseMs, stopMs }))
process.exit(0)
