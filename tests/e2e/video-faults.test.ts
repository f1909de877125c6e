/** All that streams do, in a real Chromium: each ends in a picture of now, or in a tile and a line that say why there is none. */
import { execFileSync, spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BARS_ROW, readBars } from '../../mock-feeds/footage/bars.ts'
import { ROW_BLOCKS } from '../../mock-feeds/footage/h264.ts'
import type { Loop } from '../../mock-feeds/footage/loops.ts'
import { startCamera, type TestCamera } from '../cameras/camera.ts'
import { startFileCamera, type FileCamera } from '../cameras/file-camera.ts'
import { startFilm, type Film } from '../cameras/film.ts'
import { drawForTest, stripes } from '../cameras/loops.ts'
import { startPlatforms, type Platforms } from '../cameras/platforms.ts'
import { branchA, cloudEvent } from '../support/events.ts'
import { ffmpegProgram, makeLoop } from '../support/loop.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { liveSites, writeStreams } from '../support/streams.ts'
import { openBrowser, openPage } from '../support/wall.ts'

/** Of each one thing goes wrong. */
const filmed = ['killed', 'cut', 'dead', 'gone', 'spoiled', 'leap'] as const
const cameras = [...filmed, 'coded', 'behind'] as const
type Camera = (typeof cameras)[number]
/** A back-off, a program that probes for seconds, and a machine that is slow. */
const backMs = 40_000

let dataDir: string
let isOwnDisk = false
let loop: Loop
let film: Film
let platforms: Platforms
let coded: FileCamera
let relay: Relay
let browser: Browser
let page: Page
const complaints: string[] = []
const films = new Map<string, TestCamera>()

function filmOf(camera: (typeof filmed)[number]): TestCamera {
  const one = films.get(camera)
  if (one === undefined) throw new Error(`${camera} is off`)
  return one
}
const file = (name: string) => join(dataDir, `${name}.mp4`)
const tile = (camera: Camera) => page.locator(`[data-testid=tile][data-source=${camera}]`)

/** A disk of its own where this machine lets one be had, so that it can be full. */
function makeDisk(): void {
  dataDir = makeDataDir()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', dataDir], { stdio: 'pipe' })
    isOwnDisk = true
  } catch {
    isOwnDisk = false
  }
}

beforeAll(async () => {
  makeDisk()
  makeLoop(file('h264'))
  makeLoop(file('h265'), { codec: 'libx265', seconds: 2 })
  makeLoop(file('large'), { picture: 'testsrc=size=640x360:rate=15' })
  const sound = `-y -loglevel error -f lavfi -i sine -t 4 -c:a aac ${file('sound')}`
  expect(spawnSync(ffmpegProgram(), sound.split(' ')).status).toBe(0)
  loop = await drawForTest(stripes)
  film = startFilm({ loop, hasBars: true })
  platforms = await startPlatforms(film)
  coded = await startFileCamera(file('h264'))
  for (const camera of filmed)
    films.set(camera, await startCamera({ kind: 'http-flv', loop, hasBars: true }))
  relay = await startRelay({ dataDir })
  writeStreams(
    dataDir,
    [
      ...filmed.map((id) => ({ id, ...filmOf(id).entry })),
      { id: 'coded', kind: 'http-ts', url: coded.url },
      {
        id: 'behind',
        kind: 'gateway',
        gateway: 'wvp',
        device: '34020000001110000001',
        channel: '34020000001320000001',
      },
    ],
    { gateways: platforms.gateways, look: { minutes: 0 } },
  )
  const answer = await relay.post(liveSites(cameras))
  expect(answer.status, await answer.clone().text()).toBe(202)
  browser = await openBrowser()
  page = await openPage(browser, [1280, 720], complaints)
  await page.goto(`${relay.url}/?rotation=off&night=off#/video`)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  await coded?.stop()
  await platforms?.stop()
  for (const camera of films.values()) await camera.stop()
  film?.stop()
  if (isOwnDisk) execFileSync('umount', ['-l', dataDir])
  if (dataDir !== undefined) removeDataDir(dataDir)
})

const framesOf = (camera: Camera): Promise<number> =>
  tile(camera)
    .locator('video')
    .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames)

/** When the picture that a tile shows was made, by the bars in it. */
async function madeMs(camera: Camera): Promise<number | undefined> {
  const bars = await tile(camera)
    .locator('video')
    .evaluate(
      (video: HTMLVideoElement, { y, blocks }) => {
        const context = new OffscreenCanvas(blocks * 16, 16).getContext('2d')
        context?.drawImage(video, 0, y, blocks * 16, 16, 0, 0, blocks * 16, 16)
        const data = context?.getImageData(0, 8, blocks * 16, 1).data ?? []
        return Array.from({ length: blocks }, (_, block) => (data[(block * 16 + 8) * 4] ?? 0) > 128)
      },
      { y: BARS_ROW * 16, blocks: ROW_BLOCKS },
    )
  return readBars(bars, Date.now())
}

const isIn = (camera: Camera, state: string): Promise<void> =>
  tile(camera)
    .and(page.locator(`[data-state=${state}]`))
    .waitFor({ timeout: backMs })

/** A picture that was made after this was asked; of what writes no time, many that are new. */
async function isLive(camera: Camera): Promise<void> {
  const askedMs = Date.now()
  await isIn(camera, 'live')
  if (camera === 'coded') {
    const frames = await framesOf(camera)
    await until('new pictures', async () => (await framesOf(camera)) > frames + 15, backMs)
  } else
    await until(
      `a picture of ${camera} of now`,
      async () => ((await madeMs(camera)) ?? 0) >= askedMs,
      backMs,
    )
}

const widthOf = (camera: Camera): Promise<number> =>
  tile(camera)
    .locator('video')
    .evaluate((video: HTMLVideoElement) => video.videoWidth)

/** Its tile says that there is no picture, why, and what happens next. */
async function says(camera: Camera, why: RegExp): Promise<void> {
  await isIn(camera, 'lost')
  const words = tile(camera).locator('.tile-says')
  await words.getByText(why).waitFor({ timeout: backMs })
  expect(await words.textContent()).toMatch(/^信号中断.*(秒后重试|正在重试)$/)
}

describe('a wall of live sites', { timeout: 120_000 }, () => {
  it('shows every camera before anything happens', async () => {
    await Promise.all(cameras.map(isLive))
  })

  // One after the other each would be waited for: the cameras know nothing of each other.
  it('says of a camera that is gone, and why, and has it back by itself', async () => {
    async function fail(camera: Camera, why: RegExp, spoil: () => unknown, mend: () => unknown) {
      await spoil()
      await says(camera, why)
      await mend()
      await isLive(camera)
    }
    const [killed, cut, dead, gone] = [
      filmOf('killed'),
      filmOf('cut'),
      filmOf('dead'),
      filmOf('gone'),
    ]
    const stoodStill = tile('dead')
      .getByText(/画面停留 \d+ 秒/)
      .waitFor({ timeout: backMs })
    await Promise.all([
      fail('killed', /信号源断开了连接/, killed.kill, killed.start),
      fail(
        'cut',
        /信号源拒绝连接/,
        () => cut.line('cut'),
        () => cut.line('well'),
      ),
      fail(
        'dead',
        /没有新数据|超时/,
        () => dead.line('dead'),
        () => dead.line('well'),
      ),
      stoodStill,
      fail(
        'gone',
        /信号源地址不存在/,
        () => gone.answer(404),
        () => gone.answer(200),
      ),
      fail(
        'behind',
        /要求登录或口令不对/,
        () => {
          platforms.forgetLogins()
          platforms.set({ refusesSecrets: true })
        },
        () => platforms.set({}),
      ),
      fail(
        'coded',
        /没有视频画面/,
        () => coded.set(file('sound')),
        () => coded.set(file('h264')),
      ),
    ])
  })

  it('goes on where bytes are spoiled, the camera’s clock leaps, or its size and coding change', async () => {
    await Promise.all([
      (async () => {
        filmOf('spoiled').set({ corrupt: 0.4 })
        // Spoiled pictures that are decoded show no time.
        await until('spoiled pictures', async () => (await madeMs('spoiled')) === undefined, backMs)
        filmOf('spoiled').set({})
        await isLive('spoiled')
      })(),
      (async () => {
        for (const jumpMs of [3_600_000, -3_600_000]) {
          filmOf('leap').set({ jumpMs })
          await isLive('leap')
        }
      })(),
      (async () => {
        for (const name of ['large', 'h265', 'h264']) {
          coded.set(file(name))
          // What was on until now is live for a moment more.
          await until(
            `${name} in its size`,
            async () => (await widthOf('coded')) === (name === 'large' ? 640 : 320),
            backMs,
          )
          await isLive('coded')
        }
      })(),
    ])
  })

  it('plays on while the relay’s disk is full', async ({ skip }) => {
    if (!isOwnDisk) skip('needs the right to mount a tmpfs')
    const ballast = join(dataDir, 'ballast')
    spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'])
    try {
      const study = cloudEvent('study.logged', branchA, { learners: 1, minutes: 10 })
      await until('a refusal', async () => (await relay.post([study])).status === 503)
      await filmOf('killed').kill()
      await isIn('killed', 'lost')
      await filmOf('killed').start()
      await Promise.all(cameras.map(isLive))
    } finally {
      rmSync(ballast)
    }
  })

  it('is cut off with its relay, says so, and plays everything again once that is back', async () => {
    const port = Number(new URL(relay.url).port)
    await relay.end('SIGKILL')
    await Promise.all(cameras.map((camera) => isIn(camera, 'lost')))
    relay = await startRelay({ dataDir, port })
    await Promise.all(cameras.map(isLive))
  })

  it('has no errors but those of its connections', () =>
    expect(complaints.filter((text) => !/WebSocket|Failed to load|net::/.test(text))).toEqual([]))
})
