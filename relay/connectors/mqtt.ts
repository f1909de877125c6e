import { connect, ErrorWithReasonCode, type IClientOptions, type MqttClient } from 'mqtt'
import { parseJson } from '../http/parse.ts'
import { Problem } from '../http/problem.ts'
import { unread } from '../http/redact.ts'
import { createBackOff, pause } from './back-off.ts'
import type { ConfigOf } from './config.ts'
import { Trouble, type Parcel, type Running, type Take } from './connector.ts'
import type { HealthBook } from './health.ts'
import { troubleOf } from './pull-loop.ts'
import type { Secrets } from './secrets.ts'

const messageBytes = 4 * 1024 * 1024
const patienceMs = 30_000

interface Parts {
  readonly config: ConfigOf<'mqtt'>
  readonly secrets: Secrets
  readonly take: Take
  readonly health: HealthBook
  readonly log: { error(fields: object, message: string): void }
}

/**
 * A subscriber with a session that the broker keeps: QoS 1, and a message is acknowledged only after its events
 * are on disk. A message that could not be stored ends the connection, and the broker sends it again.
 */
export function runMqtt({ config, secrets, take, health, log }: Parts): Running {
  const stopping = new AbortController()
  const { signal } = stopping
  const backOff = createBackOff()
  const { host } = new URL(config.url)
  const options: IClientOptions = {
    clientId: config.clientId ?? `flagwall-${config.name}`,
    clean: false,
    // 3.1.1, which every broker speaks.
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: patienceMs,
    resubscribe: false,
    ...(config.user === undefined ? {} : { username: config.user }),
    ...(config.password === undefined ? {} : { password: secrets.read(config.password) }),
  }

  /** Resolves when the connection ends by itself; rejects with why. */
  function session(): Promise<void> {
    return new Promise((resolve, reject) => {
      const client = connect(config.url, options)
      let underWay: Promise<unknown> = Promise.resolve()
      let isLeaving = false
      const leave = (error?: unknown) => {
        if (isLeaving) return
        isLeaving = true
        signal.removeEventListener('abort', onStop)
        // What is under way is stored and acknowledged before the line is cut; after a failure there is nothing to wait for.
        void underWay.finally(() => client.end(error !== undefined, () => settle(error)))
      }
      const settle = (error?: unknown) => {
        if (error === undefined) resolve()
        else reject(error)
      }
      const onStop = () => leave()
      signal.addEventListener('abort', onStop, { once: true })

      client.handleMessage = (packet, done) => {
        // Not acknowledged, so it comes again.
        if (isLeaving) return
        const { topic, payload } = packet
        underWay = take([parcelOf(topic, Buffer.from(payload))]).then(
          () => {
            health.ok()
            backOff.reset()
            done()
          },
          (error: unknown) => leave(error),
        )
      }
      client.on('connect', () => {
        subscribe(client, config.topics).then(() => {
          health.ok()
          backOff.reset()
        }, leave)
      })
      client.on('error', (error) => leave(connectTrouble(host, error)))
      client.on('close', () =>
        leave(new Trouble('backing-off', `${host} 断开了连接,稍后自动重连。`)),
      )
    })
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await session()
      } catch (error) {
        if (signal.aborted) break
        const { state, message, waitMs } = troubleOf(error, log)
        health.trouble(state, message)
        await pause(waitMs ?? backOff.next(), signal)
      }
    }
    health.stopped()
  }
  const ended = run()

  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function subscribe(client: MqttClient, topics: readonly string[]): Promise<void> {
  const granted = await client.subscribeAsync([...topics], { qos: 1 })
  const refused = granted.find(({ qos }) => qos === 128)
  if (refused !== undefined)
    throw new Trouble(
      'misconfigured',
      `消息服务器不允许该用户订阅 ${refused.topic}:请改正 topics,或请对方授权。`,
    )
}

function parcelOf(topic: string, payload: Buffer): Parcel {
  const where = topic.slice(0, 200)
  if (payload.length > messageBytes)
    return {
      where,
      wrong: `消息为 ${payload.length} 字节,超过 ${messageBytes / 1024 / 1024} MB,请拆分后发送`,
      kept: unread(payload.length),
    }
  try {
    return { where, body: parseJson(payload) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { where, wrong: `消息不是可读取的 JSON。${error.message}`, kept: unread(payload.length) }
  }
}

function connectTrouble(host: string, error: Error): Trouble {
  // 4 bad user name or password, 5 not authorised (MQTT 3.1.1, 3.2.2.3).
  if (error instanceof ErrorWithReasonCode && (error.code === 4 || error.code === 5))
    return new Trouble('misconfigured', `${host} 不接受该用户名或密码:请改正 user 或 password。`, {
      cause: error,
    })
  const message = error.message || ('code' in error ? String(error.code) : '未说明原因')
  return new Trouble('backing-off', `连不上 ${host}(${message}),稍后自动重试。`, { cause: error })
}
