import { setTimeout as wait } from 'node:timers/promises'
import { AuthenticationError, Consumer, findErrorBy } from '@platformatic/kafka'
import type { ConfigOf } from '../config.ts'
import { Trouble } from '../connector.ts'
import type { Secrets } from '../secrets.ts'
import type { KafkaClient, KafkaRecord } from './kafka.ts'

const patienceMs = 10_000
const firstWaitMs = 1_000
const moreWaitMs = 20

/** Joins the group and reads from its committed offsets, or from the beginning where there are none. */
export async function openKafka(config: ConfigOf<'kafka'>, secrets: Secrets): Promise<KafkaClient> {
  const where = `Kafka ${config.brokers.join(', ')}`
  const consumer = new Consumer({
    groupId: config.group ?? `flagwall-${config.name}`,
    clientId: `flagwall-${config.name}`,
    bootstrapBrokers: [...config.brokers],
    connectTimeout: patienceMs,
    timeout: patienceMs,
    retries: 1,
    autocommit: false,
    ...(config.tls === true ? { tls: {} } : {}),
    ...(config.user === undefined || config.password === undefined
      ? {}
      : {
          sasl: {
            mechanism: config.mechanism ?? 'PLAIN',
            username: config.user,
            password: secrets.read(config.password),
          },
        }),
  })
  // Told by the call that failed, too; unheard it would end the process.
  consumer.on('error', () => undefined)

  async function asking<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (cause) {
      throw troubleOf(where, cause)
    }
  }

  async function close(): Promise<void> {
    await consumer.close(true).catch(() => undefined)
  }

  try {
    const stream = await consumer.consume({
      topics: [...config.topics],
      autocommit: false,
      mode: 'committed',
      fallbackMode: 'earliest',
      highWaterMark: config.batch ?? 500,
    })
    const records = stream[Symbol.asyncIterator]()
    /** Asked for and not come yet: a record is never taken out of the stream and dropped. */
    let coming: ReturnType<typeof records.next> | undefined

    return {
      close,
      read: (most) =>
        asking(async () => {
          const found: KafkaRecord[] = []
          while (found.length < most) {
            coming ??= records.next()
            const timer = new AbortController()
            const idle = wait(found.length === 0 ? firstWaitMs : moreWaitMs, 'idle' as const, {
              signal: timer.signal,
            }).catch(() => 'idle' as const)
            const next = await Promise.race([coming, idle])
            timer.abort()
            if (next === 'idle') break
            coming = undefined
            if (next.done === true) throw new Error('the stream ended')
            const { topic, partition, offset, leaderEpoch, value } = next.value
            found.push({ topic, partition, offset, leaderEpoch, value: value ?? null })
          }
          return found
        }),
      commit: (done) =>
        asking(async () => {
          const last = new Map(
            done.map((record) => [`${record.topic} ${record.partition}`, record] as const),
          )
          await consumer.commit({
            offsets: [...last.values()].map(({ topic, partition, offset, leaderEpoch }) => ({
              topic,
              partition,
              offset: offset + 1n,
              leaderEpoch,
            })),
          })
        }),
      lag: () =>
        asking(async () => {
          const byTopic = await consumer.getLag({ topics: [...config.topics] })
          // -1 for a partition of another member.
          return [...byTopic.values()]
            .flat()
            .reduce((sum, lag) => (lag > 0n ? sum + Number(lag) : sum), 0)
        }),
    }
  } catch (cause) {
    await close()
    throw troubleOf(where, cause)
  }
}

function troubleOf(where: string, cause: unknown): Trouble {
  const error = cause instanceof Error ? cause : new Error(String(cause))
  const isRefused =
    error instanceof AuthenticationError ||
    findErrorBy(error, 'code', AuthenticationError.code) !== null
  return isRefused
    ? new Trouble(
        'misconfigured',
        `${where} 不接受该用户名或密码:请改正 user、password 或 mechanism。`,
        { cause },
      )
    : new Trouble('backing-off', `${where} 无法读取(${rootOf(error).message}),稍后自动重试。`, {
        cause,
      })
}

/** The client wraps failures in failures; the innermost says what happened. */
function rootOf(error: Error): Error {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
  return inner instanceof Error ? rootOf(inner) : error
}
