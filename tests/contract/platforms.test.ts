/** One contract for every platform: its adapter in the relay against its writer in the mock feeds. */
import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Event } from '../../protocol/events.ts'
import { dayMs } from '../../protocol/time.ts'
import { reportsAt, type MockPlatform } from '../../mock-feeds/platform.ts'
import { randomOf, type Random } from '../../mock-feeds/random.ts'
import { platforms } from '../../mock-feeds/registry.ts'
import { checkEvent } from '../../relay/http/check.ts'
import { adapterOf, adapters } from '../../relay/platforms/registry.ts'
import type { Adapter } from '../../relay/platforms/adapter.ts'
import {
  changed,
  eventsOf,
  leaves,
  open,
  readTree,
  samplesOf,
  type Opened,
  type Path,
} from '../support/native.ts'

const asOfMs = Date.parse('2026-06-18T09:41:26+08:00')
const seed = 7
/** A province is told in half a million events. */
const patienceMs = 180_000
const mutations = 1_500

const byId = (events: readonly Event[]) =>
  events.toSorted((a, b) => (`${a.id} ${a.rev}` < `${b.id} ${b.rev}` ? -1 : 1))

function adapterNamed(platform: string): Adapter {
  const adapter = adapterOf(platform)
  if (!adapter) throw new Error(`no adapter is registered as ${platform}`)
  return adapter
}

test('every writer has an adapter and every adapter a writer, and none is left out', () => {
  const folder = new URL('../../mock-feeds/platforms/', import.meta.url)
  const written = readdirSync(folder)
    // `xintian-county.ts` and the like are parts of `xintian.ts`.
    .filter((name) => /^[a-z]+\.ts$/.test(name))
    .map((name) => name.slice(0, -'.ts'.length))
  const named = platforms.map(({ platform }) => platform).toSorted()
  expect(named).toEqual(written.toSorted())
  expect(adapters.map(({ platform }) => platform).toSorted()).toEqual(named)
})

interface Told {
  readonly samples: readonly Event[]
  readonly together: readonly Opened[]
  /** One event a body, so that whatever is refused can only be about that one. */
  readonly alone: readonly Opened[]
  readonly places: readonly { readonly body: Opened; readonly path: Path }[]
}

function toldBy(platform: MockPlatform, random: Random): Told {
  const samples = [...samplesOf(platform, { seed, asOfMs }, random), ...reportsAt(platform, asOfMs)]
  const alone = samples.flatMap((event) => [...platform.deliveries([event])].map(open))
  return {
    samples,
    together: [...platform.deliveries(samples)].map(open),
    alone,
    places: alone.flatMap((body) => leaves(body.tree).map((path) => ({ body, path }))),
  }
}

describe.each(platforms)('$platform', { timeout: patienceMs }, (platform) => {
  const random = randomOf('contract', platform.platform)
  const adapter = adapterNamed(platform.platform)
  let { samples, together, alone, places }: Told = {
    samples: [],
    together: [],
    alone: [],
    places: [],
  }
  let named: Told['places'] = []
  beforeAll(() => {
    ;({ samples, together, alone, places } = toldBy(platform, random))
    named = places.filter(({ path }) => typeof path.at(-1) === 'string')
  }, patienceMs)

  test('speaks for the divisions and in the content types of its adapter', () => {
    expect(platform.divisions).toEqual(adapter.divisions)
    for (const { contentType } of platform.deliveries(samples))
      expect(adapter.accepts ?? ['application/json']).toContain(contentType)
  })

  test('its adapter reads back what its writer writes, for every kind', () => {
    expect([...new Set(samples.map(({ kind }) => kind))].toSorted()).toEqual(
      platform.kinds.toSorted(),
    )
    for (const bodies of [together, alone]) {
      const items = bodies.flatMap((each) => readTree(adapter, each))
      expect(items.filter(({ ok }) => !ok)).toEqual([])
      expect(byId(eventsOf(items))).toEqual(byId(samples))
    }
  })

  test('what it reads passes the checks behind every adapter', () => {
    for (const event of samples)
      expect(checkEvent(event, asOfMs + dayMs), JSON.stringify(event)).toEqual({ ok: true, event })
  })

  test('a value of the wrong form is refused in Chinese by the name of its field, and nothing throws', () => {
    const wrong: readonly unknown[] = [
      {},
      [],
      true,
      'x'.repeat(400),
      '2026-02-30 08:00:00',
      -1,
      1e15,
    ]
    for (let i = 0; i < mutations; i += 1) {
      const { body, path } = random.pick(places)
      const value = random.pick(wrong)
      const mutant = changed(body, path, (holder, key) => (holder[key] = value))
      expectNamed(
        adapter,
        platform.personal,
        mutant,
        path,
        `${path.join('.')} = ${JSON.stringify(value)}`,
      )
    }
  })

  test('a missing field is refused by its name, or was optional', () => {
    for (let i = 0; i < mutations; i += 1) {
      const { body, path } = random.pick(named)
      const mutant = changed(body, path, (holder, key) => delete holder[key])
      expectNamed(adapter, platform.personal, mutant, path, `without ${path.join('.')}`)
    }
  })

  test('a field that nobody agreed on is refused by its name', () => {
    for (let i = 0; i < mutations; i += 1) {
      const { body, path } = random.pick(named)
      if (path.some((key) => platform.personal.includes(String(key)))) continue
      const mutant = changed(body, path, (holder) => (holder['wxyz'] = '1'))
      const refusal = readTree(adapter, mutant).find((item) => !item.ok)
      expect(refusal, path.join('.')).toMatchObject({ reason: expect.stringContaining('wxyz') })
    }
  })

  test('personal data, amounts and texts never get past it', () => {
    const told = new Set<string>()
    for (const body of alone) {
      const before = readTree(adapter, body)
      let canaries = body
      for (const path of leaves(body.tree)) {
        const name = path.findLast((key) => platform.personal.includes(String(key)))
        if (name === undefined) continue
        told.add(String(name))
        canaries = changed(
          canaries,
          path,
          (holder, key) => (holder[key] = `canary-${path.join('-')}`),
        )
      }
      const after = readTree(adapter, canaries)
      expect(JSON.stringify(after)).not.toContain('canary')
      expect(after).toEqual(before)
    }
    expect([...told].toSorted()).toEqual(platform.personal.toSorted())
  })

  test('of an amount that is only counted nothing gets past it, in an event or in a refusal', () => {
    const { weighed = [] } = platform
    const told = new Set<string>()
    for (const body of alone)
      for (const path of leaves(body.tree)) {
        const name = String(path.at(-1))
        if (!weighed.includes(name)) continue
        told.add(name)
        for (const canary of ['7351.93', 7_351.93, '7351.935', 'canary', ['7351.93']]) {
          const mutant = changed(body, path, (holder, key) => (holder[key] = canary))
          expect(JSON.stringify(readTree(adapter, mutant))).not.toMatch(/7351|canary/)
        }
      }
    expect([...told].toSorted()).toEqual(weighed.toSorted())
  })
})

/** Either nothing was refused and the events are sound, or the refusal is Chinese and names the field. */
function expectNamed(
  adapter: Adapter,
  personal: readonly string[],
  mutant: ReturnType<typeof open>,
  path: Path,
  what: string,
): void {
  const items = readTree(adapter, mutant)
  expect(items.length, what).toBeGreaterThan(0)
  const isPersonal = path.some((key) => personal.includes(String(key)))
  const refusals = items.flatMap((item) => (item.ok ? [] : [item.reason]))
  if (isPersonal) expect(refusals, what).toEqual([])
  for (const reason of refusals) {
    expect(reason, what).toMatch(/[\u4e00-\u9fff]/)
    const name = path.findLast((key) => typeof key === 'string')
    expect(reason, what).toContain(String(name))
  }
  for (const event of eventsOf(items))
    expect(checkEvent(event, asOfMs + 400 * dayMs), what).toMatchObject({ ok: true })
}
