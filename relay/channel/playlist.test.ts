import { describe, expect, it } from 'vitest'
import { keyOf, listOf, liveGuide } from './listing.ts'
import { hlsOf, m3uOf, xmltvOf } from './playlist.ts'
import { slotMs } from './transport/times.ts'

const at = Date.parse('2026-12-01T07:00:30+08:00')
const villages = [
  { id: '43112810121701', place: '天地山村', township: '金陵镇' },
  { id: '43112810221701', place: '"甲"<乙>村', township: '骥村镇' },
]
const live = [{ id: 'wall', title: '党建大屏', page: '/', size: [1920, 1080], fps: 5 }] as const
const { channels, byKey } = listOf({ live, villages: null }, villages, 'secret')

describe('HLS', () => {
  const numbers = (list: string): readonly string[] => list.match(/^\d+\.ts$/gm) ?? []
  it('goes on by one slot each 1.92 s, and keeps the others', () => {
    const [now, next] = [hlsOf(at), hlsOf(at + slotMs)]
    expect(numbers(next).slice(0, -1)).toEqual(numbers(now).slice(1))
    expect(numbers(now)).toHaveLength(6)
    const first = /MEDIA-SEQUENCE:(\d+)/.exec(now)?.[1]
    expect(numbers(now)[0]).toBe(`${first}.ts`)
  })
  it('has no segment longer than it says', () => {
    const target = Number(/TARGETDURATION:(\d+)/.exec(hlsOf(at))?.[1])
    expect(Math.round(Number(/EXTINF:([\d.]+)/.exec(hlsOf(at))?.[1]))).toBeLessThanOrEqual(target)
  })
})

describe('the list of channels', () => {
  it('begins with the pages, numbers all of them, and groups villages by township', () => {
    const list = m3uOf(channels, 'http://tv:8791', 'http://tv:8791/x/guide.xml')
    expect(list.match(/tvg-chno="\d+"/g)).toEqual(['tvg-chno="1"', 'tvg-chno="2"', 'tvg-chno="3"'])
    expect(list).toContain('group-title="金陵镇",天地山村频道')
    expect(list).toContain('x-tvg-url="http://tv:8791/x/guide.xml"')
    // A quotation mark in a name would end the attribute.
    expect(list).not.toContain('""甲')
  })
  it('gives each channel a key of its own, which stays, and which another secret changes', () => {
    expect(new Set(channels.map(({ key }) => key)).size).toBe(3)
    expect(keyOf('secret', 'wall')).toBe(channels[0]?.key)
    expect(keyOf('other', 'wall')).not.toBe(channels[0]?.key)
    expect(byKey.get(keyOf('secret', 'wall'))?.name).toBe('党建大屏')
  })
  it('is of the villages that are asked for alone', () => {
    const { channels: some } = listOf({ live: [], villages: ['431128101'] }, villages, 'secret')
    expect(some.map(({ name }) => name)).toEqual(['天地山村频道'])
  })
})

it('lists the guide in Beijing time, and leaves no mark of a name that XML would take for its own', () => {
  const guide = xmltvOf(channels, liveGuide(live, at))
  expect(guide).toContain(
    '<programme start="20261201000000 +0800" stop="20261203000000 +0800" channel="wall">',
  )
  expect(guide).toContain('&quot;甲&quot;&lt;乙&gt;村频道')
})
