import { describe, expect, it } from 'vitest'
import { parseChannels } from './settings.ts'

const least = 'relay: http://10.20.0.5:8080\n'

describe('the settings of channels', () => {
  it('need no more than the relay', () => {
    expect(parseChannels(least, 'channel.yaml')).toMatchObject({
      villages: null,
      slideMs: 12_000,
      live: [],
      out: [],
      port: 8791,
    })
  })

  it.each([
    ['no relay', 'port: 8791\n', /relay/],
    ['a relay with a path', 'relay: http://a/b\n', /relay/],
    ['a page of another host', `${least}live: [{ id: a, title: 墙, page: //evil }]\n`, /page/],
    [
      'a picture with an odd width',
      `${least}live: [{ id: a, title: 墙, page: /, size: [1921, 1080] }]\n`,
      /size/,
    ],
    [
      'two pages of one id',
      `${least}live: [{ id: a, title: 墙, page: / }, { id: a, title: 二, page: / }]\n`,
      /the id a/,
    ],
    ['a hand-off to a file', `${least}out: [{ channel: a, to: 'file:///etc/passwd' }]\n`, /to/],
    ['a slide of a second', `${least}slide: 1\n`, /slide/],
    ['a setting that is none', `${least}vilages: []\n`, /vilages/],
  ])('say what is wrong with %s', (_, content, why) => {
    expect(() => parseChannels(content, 'channel.yaml')).toThrow(why)
  })
})
