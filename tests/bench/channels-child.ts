/** Two hundred village channels of one machine: as the program sends them, or as bare node:http sends the same bytes. */
import { createCanvas } from '@napi-rs/canvas'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createColumns } from '../../relay/channel/columns.ts'
import { createDesk, nameOf } from '../../relay/channel/desk.ts'
import { filmOf, silence } from '../../relay/channel/film.ts'
import { listOf } from '../../relay/channel/listing.ts'
import { openReels } from '../../relay/channel/reels.ts'
import { serveChannels } from '../../relay/channel/serve.ts'
import { slotAt, slotMs } from '../../relay/channel/transport/times.ts'
import { ffmpegPath } from '../../relay/video/ffmpeg-path.ts'

const [kind = '', count = ''] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'flagwall-channels-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const found = ffmpegPath()
if (found.kind === 'missing') throw new Error(found.sentence)
const ffmpeg = found.ffmpeg.path
const quiet = await silence(ffmpeg)
const reels = openReels({ folder, silence: quiet, mostBytes: 2 ** 28, mostFilms: 1_000 })
const slides = ['我的村', '今天的安排', '比积分', '通知']
for (const slide of slides)
  await reels.keep(nameOf('bench', slide), await filmOf(ffmpeg, draw(slide)))

/** About as much writing as a slide has. */
function draw(title: string): Buffer {
  const canvas = createCanvas(1920, 1080)
  const context = canvas.getContext('2d')
  context.fillStyle = '#05070c'
  context.fillRect(0, 0, 1920, 1080)
  for (let line = 0; line < 9; line += 1) {
    context.fillStyle = line === 0 ? '#f2d58a' : '#dfe5ee'
    context.font = `${line === 0 ? 90 : 54}px sans-serif`
    context.fillText(`${title} ${line} 党员志愿服务 河道清漂志愿行动 128 分`, 130, 140 + line * 105)
  }
  return canvas.toBuffer('image/png')
}

const villages = Array.from({ length: Number(count) }, (_, at) => ({
  id: `village-${at}`,
  place: `村${at}`,
  township: '镇',
}))
const listing = listOf({ live: [], villages: null }, villages, 'bench')

async function ours(): Promise<RequestListener> {
  const desk = createDesk({
    reels,
    columns: createColumns({
      media: null,
      silence: quiet,
      code: async () => [],
      say: console.error,
    }),
    standby: nameOf('bench', slides[0] ?? ''),
    film: async () => [],
    slideMs: 12_000,
    clock: Date.now,
  })
  for (const { id } of villages) desk.watch(id)
  const studio = {
    programmes: async (of: readonly string[]) =>
      of.map((village) => ({ village, slides, onAir: null })),
    shoot: () => Promise.reject(new Error('every film is there')),
  }
  const refresh = (): Promise<void> => desk.refresh(studio, 'bench')
  await refresh()
  setInterval(() => void refresh(), 5_000)
  return serveChannels({
    desk,
    live: new Map(),
    listKey: 'list',
    listing: () => listing,
    guide: async () => [],
    clock: Date.now,
    say: console.error,
  })
}

async function bare(): Promise<RequestListener> {
  const slot = await reels.slot(nameOf('bench', slides[0] ?? ''))
  return (_req, res) => {
    let n = slotAt(Date.now())
    let timer: NodeJS.Timeout | undefined
    const send = (): void => {
      res.write(slot)
      n += 1
      timer = setTimeout(send, n * slotMs - Date.now())
    }
    send()
    res.on('close', () => clearTimeout(timer))
  }
}

const server = createServer(kind === 'bare' ? await bare() : await ours())
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.send?.({ port, keys: listing.channels.map(({ key }) => key) })
})
