import { expect, it } from 'vitest'
import { byNumber } from './name-lookup.ts'

const find = async (name: string): Promise<string> => {
  const known: Readonly<Record<string, string>> = { media: '10.0.0.6', six: 'fd00::6' }
  const address = known[name]
  if (address === undefined) throw new Error(`ENOTFOUND ${name}`)
  return address
}

it.each([
  [
    'http://media:8080/live/a.flv?token=x',
    'http://10.0.0.6:8080/live/a.flv?token=x',
    ['-headers', 'Host: media:8080\r\n'],
  ],
  ['rtsp://admin:a%40b@media/1', 'rtsp://admin:a%40b@10.0.0.6/1', []],
  [
    'rtmp://media:1935/live/a?vhost=v',
    'rtmp://10.0.0.6:1935/live/a?vhost=v',
    ['-rtmp_tcurl', 'rtmp://media:1935/live'],
  ],
  [
    'rtmp://six/live/hall/a',
    'rtmp://[fd00::6]/live/hall/a',
    ['-rtmp_tcurl', 'rtmp://six/live/hall'],
  ],
  ['http://10.1.2.3/a.flv', 'http://10.1.2.3/a.flv', []],
  ['rtsps://[fd00::1]:322/1', 'rtsps://[fd00::1]:322/1', []],
  ['https://10.1.2.3/a.m3u8', 'https://10.1.2.3/a.m3u8', []],
])('%s is reached by its number, and its server still hears its name', async (url, by, options) => {
  expect(await byNumber(url, find)).toEqual({ url: by, options })
})

it.each([
  ['http://nowhere.example/secret', '信号源的主机名无法解析'],
  ['https://media/secret', '自带的 ffmpeg 不能用主机名连接 https，请安装系统的 ffmpeg'],
])('%s is refused by a sentence without the address', async (url, sentence) => {
  await expect(byNumber(url, find)).rejects.toThrow(
    expect.objectContaining({ name: 'OriginError', message: sentence }),
  )
})
