/**
 * `npm run test:tv`, or `npm run test:tv -- 67 70`: the television's page in real old engines: home, every page by the remote, a channel, a relay that
 * goes away and comes back; then how large it is and how soon it stands on a box of a sixth of this machine's pace.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { makeLoop } from '../support/loop.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { signed, writeStreams } from '../support/streams.ts'
import { openOldPage, type OldPage } from './browser.ts'
import { engines, install, type Engine } from './engines.ts'

const throttle = 6
const key = { up: 38, down: 40, left: 37, right: 39, ok: 13, back: 8, green: 276 } as const
type Key = keyof typeof key

/** Where the five tiles lead, from left to right. */
const tiles = ['sites', 'lessons', 'ranking', 'services', 'notices'] as const

/** Seconds that the clock of a page goes ahead, from its first script on. */
const ahead = `(() => {
  const real = Date.now
  window.__ahead = 0
  Date.now = () => real() + window.__ahead
  const look = setInterval(() => {
    if (window.__shownAt === undefined && document.querySelector('[data-focus]') !== null) {
      window.__shownAt = performance.now()
      clearInterval(look)
    }
  }, 10)
})()`

class Wrong extends Error {}

function driver(page: OldPage) {
  const says = (text: string) =>
    until(`"${text}"`, () =>
      page.read<boolean>(`document.body.innerText.includes(${JSON.stringify(text)})`),
    )
  const isOn = (name: string) =>
    until(`the page ${name}`, () =>
      page.read<boolean>(`document.querySelector('.tv[data-page="${name}"]') !== null`),
    )
  const hasFocus = (leaf: string) =>
    until(`the focus on ${leaf}`, () =>
      page.read<boolean>(`document.querySelector('[data-focus][data-spot="${leaf}"]') !== null`),
    )
  return {
    says,
    isOn,
    hasFocus,
    async press(...keys: readonly Key[]) {
      for (const each of keys) await page.press(key[each])
    },
  }
}

async function walk(page: OldPage, relay: Relay): Promise<void> {
  const { says, isOn, hasFocus, press } = driver(page)
  await page.open(`${relay.url}/tv?keys=iptv`)
  // The first start: a township, then a village, by arrows and OK alone.
  await says('这台电视在哪个村')
  await hasFocus('431128001')
  await press('right', 'ok')
  await isOn('villages')
  await hasFocus(branchB)
  await press('ok')
  await says('天地山村党群服务中心')
  await hasFocus('window')

  for (const [at, name] of tiles.entries()) {
    await press('down', ...Array<Key>(5).fill('left'), ...Array<Key>(at).fill('right'), 'ok')
    await isOn(name)
    await press('back')
    await isOn('home')
    await hasFocus(name)
    await press('up')
    await hasFocus('window')
  }
  await press('green', 'down', 'ok')
  await isOn('lesson')
  await press('right', 'back', 'back')
  await hasFocus('window')
  await press('right', 'ok')
  await isOn('branch')
  await says('下一次会议')
  await press('back', 'left', 'back')
  await says('离开党建电视?')
  await press('ok')
  await hasFocus('window')
}

/** An engine with H.264 plays it; one without says so and shows what the relay kept of the camera. */
async function watch(page: OldPage): Promise<'plays' | 'shows stills'> {
  const { isOn, says, press } = driver(page)
  await says('直播里的村')
  await press('ok')
  await isOn('channel')
  // Of the bar that goes away after five seconds.
  await says('天地山村党支部')
  const canPlay = await page.read<boolean>(
    `MediaSource.isTypeSupported('video/mp4; codecs="avc1.42E01E"')`,
  )
  await until('the picture', () =>
    page.read<boolean>(
      `document.querySelector('.tv-channel > [data-picture=${canPlay ? 'live' : 'still'}]') !== null`,
    ),
  )
  if (!canPlay) await says('本机不能播放直播')
  await page.press(50)
  await page.press(50)
  await says('没有这个频道')
  await press('back')
  await isOn('home')
  return canPlay ? 'plays' : 'shows stills'
}

async function lose(page: OldPage, relay: Relay, port: number): Promise<Relay> {
  const { says, isOn, hasFocus, press } = driver(page)
  await until('the board to be kept', () =>
    page.read<boolean>(`(localStorage.getItem('flagwall-tv-board') || '').includes('天地山村')`),
  )
  await relay.end()
  await until('the loss to be noticed', () =>
    page.read<boolean>(`(window.__ahead = 61000, document.querySelector('.tv-lost') !== null)`),
  )
  await says('网络已断开')
  await says('数据截至')
  await hasFocus('retry')
  await press('down', 'down', 'ok')
  await isOn('ranking')
  await says('数据截至')
  await press('back', 'up', 'ok')
  await isOn('lessons')
  await press('ok')
  await isOn('lesson')
  await press('back', 'back')
  const back = await startRelay({ dataDir: relay.dataDir, port })
  await hasFocus('window')
  return back
}

/** ms from the address to the first picture that has a focus, of a box that has been on before. */
async function startUp(page: OldPage, relay: Relay): Promise<number> {
  await page.send('Emulation.setCPUThrottlingRate', { rate: throttle })
  const times: number[] = []
  for (let run = 0; run < 3; run += 1) {
    await page.open('about:blank')
    await page.open(`${relay.url}/tv?keys=iptv`)
    times.push(
      await until(
        'the first picture',
        () => page.read<number | undefined>('window.__shownAt'),
        60_000,
      ),
    )
  }
  await page.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return times.sort((a, b) => a - b)[1] ?? Number.NaN
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      )
    })
  })
}

async function tryEngine(engine: Engine): Promise<string> {
  const port = await freePort()
  const dataDir = makeDataDir()
  const dir = mkdtempSync(join(tmpdir(), 'television-loop-'))
  const loop = join(dir, 'loop.mp4')
  makeLoop(loop)
  let relay = await startRelay({ dataDir, port })
  const page = await openOldPage(install(engine), [1280, 720])
  try {
    if (!page.product.includes(`/${engine.major}.`))
      throw new Wrong(`${engine.package} is ${page.product}, not ${engine.major}`)
    await relay.post([
      ...smallCounty(),
      cloudEvent('service.listed', branchB, { item: 'a', title: '医保缴费', isOpen: true }),
    ])
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: ahead })
    await walk(page, relay)
    writeStreams(dataDir, [
      { id: 'one', kind: 'file', url: loop, organization: branchB, title: '直播里的村', ...signed },
    ])
    const picture = await watch(page)
    relay = await lose(page, relay, port)
    const shownMs = await startUp(page, relay)
    if (page.complaints.length > 0) throw new Wrong(page.complaints.join('\n'))
    return `${picture}; first page at a ${throttle}th of the pace after ${Math.round(shownMs)} ms`
  } finally {
    await page.close()
    await relay.end()
    removeDataDir(dataDir)
    rmSync(dir, { recursive: true })
  }
}

/** KB of what a box fetches before it can draw: scripts and styles, as sent. */
function weight(): number {
  const built = join(import.meta.dirname, '../../dist/display')
  const html = readFileSync(join(built, 'tv.html'), 'utf8')
  const paths = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
  return paths.reduce((sum, path) => {
    // What is too small is not packed.
    const size = (name: string) => readFileSync(join(built, name)).length
    return sum + Math.min(size(path), packedSize(size, path))
  }, 0)
}
function packedSize(size: (name: string) => number, path: string): number {
  try {
    return size(`${path}.gz`)
  } catch {
    return Infinity
  }
}

let isGood = true
console.log(
  `The television's page is ${Math.round(weight() / 1024)} KB by gzip, fonts and pictures apart.`,
)
const wanted = process.argv.slice(2).map(Number)
for (const engine of engines.filter(({ major }) => wanted.length === 0 || wanted.includes(major))) {
  try {
    const line = await tryEngine(engine)
    console.log(`✓ Chromium ${engine.major}: home, five keys, channel, loss and return; ${line}`)
  } catch (error) {
    isGood = false
    console.log(
      `✗ Chromium ${engine.major}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
process.exit(isGood ? 0 : 1)
