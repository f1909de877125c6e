import { parseJson } from '../../http/parse.ts'
import { Problem } from '../../http/problem.ts'
import { unread } from '../../http/redact.ts'
import type { Parcel, Pulled, Source } from '../connector.ts'

export interface KafkaRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: bigint
  readonly leaderEpoch: number
  /** Null for a tombstone. */
  readonly value: Uint8Array | null
}

/** A member of a consumer group, at its committed offsets. Every method rejects with `Trouble`. */
export interface KafkaClient {
  /** At most `most` records; waits a second for the first, and empty after it. */
  read(most: number): Promise<readonly KafkaRecord[]>
  /** Commits each partition after the last of its records. */
  commit(records: readonly KafkaRecord[]): Promise<void>
  /** Records behind the end of the assigned partitions. */
  lag(): Promise<number>
  close(): Promise<void>
}

const lagEveryMs = 10_000

/** Topics as a source. The group's offsets are the mark: they are committed only after the events are on disk. */
export function createKafka(
  open: () => Promise<KafkaClient>,
  batch: number,
  now: () => number,
): Source {
  let client: KafkaClient | undefined
  let askedMs = -Infinity

  /** A client that has failed is given up; the next one starts at the committed offsets. */
  async function using<T>(act: (open: KafkaClient) => Promise<T>): Promise<T> {
    client ??= await open()
    try {
      return await act(client)
    } catch (error) {
      const broken = client
      client = undefined
      await broken.close()
      throw error
    }
  }

  async function lag(): Promise<Pulled['lag']> {
    if (now() - askedMs < lagEveryMs) return undefined
    askedMs = now()
    return { rows: await using((member) => member.lag()) }
  }

  return {
    async pull(mark) {
      const records = await using((member) => member.read(batch))
      const waiting = await lag()
      return {
        parcels: records.flatMap(({ value, ...record }) =>
          value === null ? [] : [parcelOf({ ...record, value })],
        ),
        async settle() {
          if (records.length > 0) await using((member) => member.commit(records))
          return mark
        },
        // Reading waits by itself while there is nothing.
        isMore: true,
        ...(waiting === undefined ? {} : { lag: waiting }),
      }
    },
    async close() {
      await client?.close()
      client = undefined
    },
  }
}

function parcelOf({
  topic,
  partition,
  offset,
  value,
}: KafkaRecord & { readonly value: Uint8Array }): Parcel {
  const where = `${topic} ${partition}:${offset}`
  try {
    return { where, body: parseJson(value) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { where, wrong: `消息不是可读取的 JSON。${error.message}`, kept: unread(value.length) }
  }
}
