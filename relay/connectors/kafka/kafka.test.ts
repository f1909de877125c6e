/** Against a broker in memory: no real one can be installed here, so the client library itself is not under test. */
import { expect, test } from 'vitest'
import { Trouble } from '../connector.ts'
import { createKafka, type KafkaClient, type KafkaRecord } from './kafka.ts'

const signal = new AbortController().signal
const recordOf = (offset: number, value: string | null): KafkaRecord => ({
  topic: 'party',
  partition: 0,
  offset: BigInt(offset),
  leaderEpoch: 0,
  value: value === null ? null : Buffer.from(value),
})

/** One partition whose group remembers its offset, as the broker does. */
function brokerOf(records: readonly KafkaRecord[]) {
  const broker = { committed: 0n, opened: 0, closed: 0, isDown: false }
  function open(): Promise<KafkaClient> {
    broker.opened += 1
    let next = broker.committed
    const refuse = () => {
      if (broker.isDown) throw new Trouble('backing-off', 'Kafka can’t be read.')
    }
    return Promise.resolve({
      async read(most) {
        refuse()
        const found = records.filter(({ offset }) => offset >= next).slice(0, most)
        next = (found.at(-1)?.offset ?? next - 1n) + 1n
        return found
      },
      async commit(done) {
        refuse()
        broker.committed = (done.at(-1)?.offset ?? 0n) + 1n
      },
      lag: () => Promise.resolve(records.length - Number(broker.committed)),
      async close() {
        broker.closed += 1
      },
    })
  }
  return { broker, open }
}

test('offsets are committed only when the rows are settled, and a lost client starts at them again', async () => {
  const { broker, open } = brokerOf(
    [1, 2, 3].map((number, index) => recordOf(index, `{"n":${number}}`)),
  )
  const source = createKafka(open, 2, () => 0)
  const first = await source.pull(undefined, signal)
  expect(first.parcels).toEqual([
    { where: 'party 0:0', body: { n: 1 } },
    { where: 'party 0:1', body: { n: 2 } },
  ])
  expect(first.lag).toEqual({ rows: 3 })
  expect(broker.committed).toBe(0n)
  await first.settle([])
  expect(broker.committed).toBe(2n)

  const second = await source.pull(undefined, signal)
  broker.isDown = true
  await expect(second.settle([])).rejects.toThrow(Trouble)
  expect(broker.closed).toBe(1)
  broker.isDown = false
  const again = await source.pull(undefined, signal)
  expect(again.parcels).toEqual([{ where: 'party 0:2', body: { n: 3 } }])
  expect(broker.opened).toBe(2)
})

test('a tombstone is passed over, and a record that is no JSON is refused with its text', async () => {
  const { broker, open } = brokerOf([recordOf(0, null), recordOf(1, '积分')])
  const source = createKafka(open, 10, () => 0)
  const pulled = await source.pull(undefined, signal)
  expect(pulled.parcels).toEqual([
    {
      where: 'party 0:1',
      wrong: expect.stringMatching(/not JSON/) as string,
      kept: '(正文 6 字节,无法按报文读取,未保留)',
    },
  ])
  await pulled.settle([])
  expect(broker.committed).toBe(2n)
})

test('a topic that holds nothing but tombstones moves on all the same', async () => {
  const { broker, open } = brokerOf([recordOf(0, null)])
  const pulled = await createKafka(open, 10, () => 0).pull(undefined, signal)
  expect(pulled.parcels).toEqual([])
  await pulled.settle([])
  expect(broker.committed).toBe(1n)
})
