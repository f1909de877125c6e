/** What each platform published of itself, out of nothing but its events. */
import { beforeAll, describe, expect, test } from 'vitest'
import { checkEvent } from '../../relay/http/check.ts'
import type { Event } from '../../protocol/events.ts'
import type { MockPlatform } from '../../mock-feeds/platform.ts'
import { randomOf } from '../../mock-feeds/random.ts'
import { platforms } from '../../mock-feeds/registry.ts'
import { figuresFrom, holds, plainTotals, publishedFigures } from '../support/figures.ts'

/** A province is told in half a million events. */
const patienceMs = 180_000
const asOfMs = Date.parse('2026-06-18T09:41:26+08:00')
const tell = (platform: MockPlatform, seed: number) => platform.tell({ seed, asOfMs }).published()

function* without(events: Iterable<Event>, share: number): Generator<Event> {
  const random = randomOf('lost')
  for (const event of events) if (!random.chance(share)) yield event
}

/** Each line with what the events say. */
const linesOf = (platform: string, figures: Readonly<Record<string, number>>) =>
  publishedFigures
    .filter((line) => line.platform === platform)
    .map((line) => ({ ...line, got: figures[line.key] ?? NaN }))

describe.each(platforms)('$platform', { timeout: patienceMs }, (platform) => {
  const isProvince = platform.divisions.some((code) => code.endsWith('0000'))
  let figures: Readonly<Record<string, number>> = {}
  let lines: ReturnType<typeof linesOf> = []
  beforeAll(() => {
    figures = figuresFrom(tell(platform, 1), asOfMs)
    lines = linesOf(platform.platform, figures)
  }, patienceMs)

  test.each(publishedFigures.filter((line) => line.platform === platform.platform))(
    '$key is $op $value ($quote)',
    ({ key, op, value }) => {
      const got = figures[key] ?? NaN
      expect(holds[op](got, value), `${got}`).toBe(true)
    },
  )

  test('another seed tells other events and gives the same figures', () => {
    if (isProvince) {
      expect(plainTotals(tell(platform, 2))).toEqual(plainTotals(tell(platform, 1)))
    } else {
      const other = linesOf(platform.platform, figuresFrom(tell(platform, 2), asOfMs))
      expect(other).toEqual(lines)
    }
    const texts = (seed: number) => {
      const all: string[] = []
      for (const event of tell(platform, seed)) {
        all.push(JSON.stringify(event))
        if (all.length === 5_000) break
      }
      return all
    }
    expect(texts(2)).not.toEqual(texts(1))
  })

  test('one event in a hundred lost shows in the figures', () => {
    const lossy = () => without(tell(platform, 1), 0.01)
    if (isProvince) {
      expect(plainTotals(lossy()).members).not.toBe(plainTotals(tell(platform, 1)).members)
    } else {
      const others = figuresFrom(lossy(), asOfMs)
      // Of a platform that published no number, any figure will do.
      const keys = lines.length === 0 ? Object.keys(figures) : lines.map(({ key }) => key)
      expect(keys.filter((key) => others[key] !== figures[key])).not.toEqual([])
    }
  })

  test('no event lies ahead of its moment, none is refused at the door', () => {
    let refused: unknown
    let told = 0
    for (const event of tell(platform, 1)) {
      told += 1
      // Every event of a county, one in 20 of a province.
      if (told > 60_000 && told % 20 !== 0) continue
      const checked = checkEvent(event, asOfMs - 600_000)
      if (!checked.ok) refused ??= { event, checked }
    }
    expect(refused).toBeUndefined()
  })
})
