/** What the broker keeps while a message is not on disk: with a real broker, and a disk that is full at first. */
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createHealth } from '../../relay/connectors/health.ts'
import type { Outcome, Parcel } from '../../relay/connectors/connector.ts'
import { runMqtt } from '../../relay/connectors/mqtt.ts'
import { Problem } from '../../relay/http/problem.ts'
import { until } from '../support/relay.ts'
import { password, startMosquitto, user, type Server } from './servers.ts'

let mosquitto: Server
beforeAll(async () => {
  mosquitto = await startMosquitto()
})
afterAll(() => mosquitto?.remove())

it('a message that could not be stored is not acknowledged, and the broker sends it again', async () => {
  const url = `mqtt://127.0.0.1:${mosquitto.port}`
  const health = createHealth({ name: 'm', platform: 'p', kind: 'mqtt' }, Date.now, String)
  const tried: unknown[] = []
  const stored: Outcome = { accepted: 1, duplicate: 0, refused: [] }
  const running = runMqtt({
    config: { name: 'm', platform: 'p', kind: 'mqtt', url, topics: ['t'], user, password: {} },
    secrets: { read: () => password, redact: String },
    health,
    log: { error: (_fields, message) => expect.unreachable(message) },
    take(parcels: readonly Parcel[]) {
      tried.push(...parcels.map((parcel) => ('body' in parcel ? parcel.body : parcel.wrong)))
      return tried.length === 1
        ? Promise.reject(new Problem(503, 'full', { retryAfterSeconds: 0.05 }))
        : Promise.resolve([stored])
    },
  })
  await until('the subscription', () => health.read().lastOkAt !== undefined)
  const publisher = await connectAsync(url, { username: user, password })
  await publisher.publishAsync('t', '1', { qos: 1 })
  await until('the second try', () => tried.length === 2)
  await publisher.publishAsync('t', '2', { qos: 1 })
  await until('the next message', () => tried.length === 3)
  await publisher.endAsync()
  await running.stop()
  expect(tried).toEqual([1, 1, 2])
  expect(health.read()).toMatchObject({
    state: 'stopped',
    lastError: expect.stringMatching(/^汇聚中心暂时不能入库.*full$/) as string,
  })
})
