/** A relay's log behind the Kafka connector, over a broker that is a folder: the records, and how far the group has come. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHealth } from '../../relay/connectors/health.ts'
import { createIntake } from '../../relay/connectors/intake.ts'
import { createKafka, type KafkaClient } from '../../relay/connectors/kafka/kafka.ts'
import { openMarks } from '../../relay/connectors/marks.ts'
import { runLoop } from '../../relay/connectors/pull-loop.ts'
import { createDelivery } from '../../relay/http/deliver.ts'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import { xintian } from '../../relay/platforms/xintian.ts'

const [, , dataDir = ''] = process.argv
const journal = openEmbeddedJournal(join(dataDir, 'journal.sqlite'))
const records = readFileSync(join(dataDir, 'topic.ndjson'), 'utf8').split('\n')
const offsets = join(dataDir, 'offset')

function open(): Promise<KafkaClient> {
  let next = Number(readFileSync(offsets, 'utf8'))
  return Promise.resolve({
    async read(most) {
      const found = records.slice(next, next + most).map((text, index) => ({
        topic: 'party',
        partition: 0,
        offset: BigInt(next + index),
        leaderEpoch: 0,
        value: Buffer.from(text),
      }))
      next += found.length
      if (found.length === 0) process.send?.('all')
      return found
    },
    async commit(done) {
      writeFileSync(offsets, String((done.at(-1)?.offset ?? -1n) + 1n))
    },
    lag: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  })
}

const log = { warn: () => undefined, error: () => undefined }
const health = createHealth({ name: 'k', platform: 'xintian', kind: 'kafka' }, Date.now, String)
const delivery = createDelivery({
  hub: {
    accept: (events) =>
      journal.append(
        events.map(({ county, source, id, rev, time }) => ({
          partition: county,
          source,
          id,
          rev,
          time,
          body: '{}',
        })),
        new Date().toISOString(),
      ),
  },
  adapters: new Map([['xintian', xintian]]),
  refusals: journal.refusals,
  now: Date.now,
  log,
})
runLoop({
  source: createKafka(open, 20, Date.now),
  marks: openMarks(dataDir, 'k', 'party'),
  take: createIntake({
    delivery,
    platform: 'xintian',
    counties: ['431128'],
    format: 'native',
    now: Date.now,
    onOutcome: (outcome) => {
      health.counted(outcome)
      process.send?.(health.read().accepted)
    },
  }),
  health,
  everyMs: 0,
  log,
})
