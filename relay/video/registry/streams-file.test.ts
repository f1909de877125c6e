import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parseStreams, StreamsError } from './streams-file.ts'

const dir = mkdtempSync(join(tmpdir(), 'streams-'))
afterAll(() => rmSync(dir, { recursive: true }))
const env = { CAMERA_PASSWORD: 'p@ss/1' }
const read = (content: string) => parseStreams(content, 'streams.yaml', { env, home: '431128' })
const faultOf = (content: string): string => {
  try {
    read(content)
  } catch (error) {
    if (error instanceof StreamsError) return error.message
    throw error
  }
  return 'none'
}

const hall = `
cameras:
  - id: hall # the large one
    organization: org-1
    title: 会议室
    kind: rtsp
    url: rtsp://admin:{secret}@10.0.0.7/Streaming/Channels/101
    sub: rtsp://admin:{secret}@10.0.0.7/Streaming/Channels/102
    secret: { env: CAMERA_PASSWORD }
`

it('shows the smaller of two pictures in tiles, with its password from where it is kept', () => {
  expect(read(hall).cameras).toMatchObject([
    {
      id: 'hall',
      county: '431128',
      tile: { kind: 'address', url: 'rtsp://admin:p%40ss%2F1@10.0.0.7/Streaming/Channels/102' },
      main: { kind: 'address', url: 'rtsp://admin:p%40ss%2F1@10.0.0.7/Streaming/Channels/101' },
      clearance: undefined,
    },
  ])
})

it('takes for cleared only what says who signed for it and when', () => {
  const clearanceOf = (...lines: readonly string[]) =>
    read(`${hall}${lines.map((line) => `    ${line}\n`).join('')}`).cameras[0]?.clearance
  const [by, at] = ['clearedBy: 张三', 'clearedAt: 2026-06-18T09:00:00+08:00']
  expect(clearanceOf('publicDisplay: true')).toBeUndefined()
  expect(clearanceOf('publicDisplay: true', by)).toBeUndefined()
  expect(clearanceOf('publicDisplay: true', at)).toBeUndefined()
  expect(clearanceOf(by, at)).toBeUndefined()
  expect(clearanceOf('publicDisplay: true', by, at)).toMatchObject({ by: '张三' })
})

it('knows what each gateway has to be asked for', () => {
  writeFileSync(join(dir, 'secret'), 'zlm-secret\n')
  const { cameras } = read(`
gateways:
  police: { kind: wvp, url: 'http://10.0.0.5:18080/', user: admin, password: { env: CAMERA_PASSWORD } }
  media: { kind: zlmediakit, url: 'http://10.0.0.6', secret: { file: ${join(dir, 'secret')} }, via: ws-fmp4 }
  town: { kind: srs, url: 'http://10.0.0.8:1985', query: 'token={secret}', secret: t0ken }
cameras:
  - { id: a, organization: o, title: 甲, kind: gateway, gateway: police, device: '3402', channel: '01', subChannel: '02' }
  - { id: b, organization: o, title: 乙, kind: gateway, gateway: media, app: live, stream: b }
  - { id: c, organization: o, title: 丙, kind: gateway, gateway: town, app: live, stream: c, via: whep }
`)
  expect(cameras).toMatchObject([
    {
      tile: { group: '3402', name: '02', via: 'http-flv', gateway: { password: 'p@ss/1' } },
      main: { name: '01' },
    },
    { tile: { via: 'ws-fmp4', gateway: { secret: 'zlm-secret' } }, main: undefined },
    { tile: { via: 'whep', gateway: { query: 'token=t0ken' } } },
  ])
})

it.each([
  [
    'an address of another kind',
    hall.replace('rtsp://admin:{secret}@10.0.0.7/Streaming/Channels/101', 'http://10.0.0.7/1'),
    /line 7.*url/,
  ],
  ['a key that is not known', `${hall}    colour: red\n`, /line 10.*colour/],
  ['a missing title', hall.replace('    title: 会议室\n', ''), /line 3.*title/],
  ['a kind that is not known', hall.replace('kind: rtsp', 'kind: vhs'), /line 6.*kind/],
  ['two cameras of one id', hall + hall.replace('\ncameras:\n', ''), /line 10.*id/],
  ['a secret that is not set', hall.replace('CAMERA_PASSWORD', 'NOTHING'), /line 9.*NOTHING/],
  ['what is no YAML', `${hall}  - "\n`, /line 1\d/],
  [
    'a gateway that is not there',
    '\ncameras:\n  - { id: a, organization: o, title: 甲, kind: gateway, gateway: g }\n',
    /line 3.*gateway/,
  ],
  [
    'a key that is easily guessed',
    '\ncameras:\n  - { id: a, organization: o, title: 甲, kind: rtmp-push, secret: "1234" }\n',
    /line 3.*secret/,
  ],
])('names the line of %s', (_what, content, sentence) => {
  expect(faultOf(content)).toMatch(sentence)
})

it('quotes no address and no secret in what it says of a mistake', () => {
  const secret = 'hunter2hunter2'
  const camera = (rest: string) => `cameras:\n  - { id: a, organization: o, title: 甲, ${rest} }\n`
  const wrong = [
    camera(`kind: rtsp, url: 'http://u:${secret}@h/1'`),
    camera(`kind: rtsp, url: 'rtsp://u:${secret}@h/1', sub: [${secret}]`),
    camera(`kind: rtmp-push, secret: '${secret} !'`),
    camera(`kind: rtsp, url: rtsp://u:${secret}@h/1 ]`),
    `cameras:\n  - id: a\n   url: rtsp://u:${secret}@h/1\n`,
    `gateways: { g: { kind: wvp, url: 'ftp://${secret}', user: u, password: p } }\n`,
  ]
  for (const content of wrong) {
    expect(faultOf(content)).toMatch(/^streams\.yaml, line \d/)
    expect(faultOf(content)).not.toContain(secret)
  }
})
