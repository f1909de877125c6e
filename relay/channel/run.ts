/** `npm run channel -- channel.yaml`: villages and pages of a relay as television channels. README.md here tells how. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { networkInterfaces, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Broadcast, ChannelVillage } from '../../protocol/channel.ts'
import { reachableHosts } from '../reachable.ts'
import { ffmpegPath } from '../video/ffmpeg-path.ts'
import { createColumns } from './columns.ts'
import { createDesk, nameOf, type Desk } from './desk.ts'
import { filmOf, silence, soundOf } from './film.ts'
import { handOff } from './hand-off.ts'
import { keyOf, listId, listOf, liveGuide, type Listing } from './listing.ts'
import { createLive, type Live } from './live.ts'
import { openReels, type Reels } from './reels.ts'
import { serveChannels } from './serve.ts'
import { ChannelError, readChannels, type ChannelSettings } from './settings.ts'
import { openStudio, type Studio } from './studio.ts'

const help = `Turns villages, and pages of a relay, into television channels: HLS, transport stream, M3U and XMLTV.

  npm run channel -- channel.yaml

  --data DIR    for films, keys and the browser's profile (~/.local/share/flagwall-channel)

The settings, and what to install, stand in relay/channel/README.md.
`

const refreshMs = 5_000
/** Villages and their guide change seldom, and are long. */
const listMs = 60_000
const studioPauseMs = 5_000
const say = (line: string): void => console.log(`${new Date().toISOString()} ${line}`)
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Made once; whoever knows it can work out every channel's key. */
function secretOf(data: string): string {
  const file = join(data, 'channel.secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** The name under which the picture that stands in for everything else was kept last. */
const standbyFile = (data: string): string => join(data, 'standby.name')

function kept<T>(file: string, otherwise: T): T {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : otherwise
}

interface Parts {
  readonly settings: ChannelSettings
  readonly data: string
  readonly ffmpeg: string
  readonly secret: string
}

/** The first standby picture has to come from the page; later starts have it without a relay. */
async function standbyOf({ settings, data, ffmpeg }: Parts, reels: Reels): Promise<string> {
  for (;;) {
    const name = kept(standbyFile(data), '')
    if (reels.has(name)) return name
    say(`asks ${settings.relay.origin} for the first picture`)
    try {
      const studio = await openStudio(studioOptions(settings, data))
      const made = nameOf(studio.build, studio.standby)
      await reels.keep(made, await filmOf(ffmpeg, await studio.shoot(studio.standby)))
      writeFileSync(standbyFile(data), JSON.stringify(made))
      studio.end()
    } catch (error) {
      say(`${String(error)}; again in ${studioPauseMs / 1_000} s`)
      await pause(studioPauseMs)
    }
  }
}

function studioOptions({ browser, relay, county }: ChannelSettings, data: string) {
  const url = new URL('/channel', relay)
  if (county !== null) url.searchParams.set('county', county)
  return { browser, url: url.href, profile: join(data, 'browser') }
}

interface Known {
  listing: Listing
  guide: readonly Broadcast[]
}

const villagesFile = (data: string): string => join(data, 'villages.json')

async function list(
  studio: Studio,
  { settings, data, secret }: Parts,
  known: Known,
): Promise<void> {
  const villages = await studio.villages()
  known.listing = listOf(settings, villages, secret)
  known.guide = await studio.guide(villages.map(({ id }) => id))
  writeFileSync(villagesFile(data), JSON.stringify(villages))
}

/** Goes on for as long as the program runs; a browser that ends is started anew. */
async function keepStudio(parts: Parts, desk: Desk, known: Known): Promise<void> {
  const { settings, data } = parts
  let listedAt = -Infinity
  for (;;) {
    let studio: Studio | undefined
    try {
      studio = await openStudio(studioOptions(settings, data))
      say('the page of slides is open')
      for (;;) {
        if (performance.now() - listedAt > listMs) {
          await list(studio, parts, known)
          listedAt = performance.now()
        }
        await desk.refresh(studio, studio.build)
        await pause(refreshMs)
      }
    } catch (error) {
      say(`the page of slides: ${String(error)}; again in ${studioPauseMs / 1_000} s`)
    }
    studio?.end()
    await pause(studioPauseMs)
  }
}

async function run(file: string, data: string): Promise<void> {
  const settings = readChannels(file)
  const found = ffmpegPath()
  if (found.kind === 'missing') throw new ChannelError(found.sentence)
  const ffmpeg = found.ffmpeg.path
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const secret = secretOf(data)
  const parts: Parts = { settings, data, ffmpeg, secret }
  const quiet = await silence(ffmpeg)
  const reels = openReels({
    folder: join(data, 'films'),
    silence: quiet,
    mostBytes: 256 * 1024 * 1024,
    mostFilms: 6_000,
  })
  const desk = createDesk({
    reels,
    columns: createColumns({
      media: settings.media,
      silence: quiet,
      code: (sound) => soundOf(ffmpeg, sound),
      say,
    }),
    standby: await standbyOf(parts, reels),
    film: (png) => filmOf(ffmpeg, png),
    slideMs: settings.slideMs,
    clock: Date.now,
  })
  const live = new Map<string, Live>(
    settings.live.map((page) => [
      page.id,
      createLive({
        page,
        relay: settings.relay,
        browser: settings.browser,
        ffmpeg,
        folder: join(data, 'live', page.id),
        say,
      }),
    ]),
  )
  const villages = kept<readonly ChannelVillage[]>(villagesFile(data), [])
  const known: Known = { listing: listOf(settings, villages, secret), guide: [] }
  void keepStudio(parts, desk, known)
  const listKey = keyOf(secret, listId)
  const server = createServer(
    serveChannels({
      desk,
      live,
      listKey,
      listing: () => known.listing,
      guide: async () => [...liveGuide(settings.live, Date.now()), ...known.guide],
      clock: Date.now,
      say,
    }),
  )
  server.once('error', (error) => {
    console.error(`Channels can't listen on ${settings.host}:${settings.port}: ${error.message}`)
    process.exit(1)
  })
  server.listen(settings.port, settings.host, () => {
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : settings.port
    const hosts = reachableHosts(settings.host, networkInterfaces())
    for (const host of hosts.length === 0 ? [settings.host] : hosts)
      say(`the list of channels: http://${host}:${port}/${listKey}/channels.m3u`)
    const ends = settings.out.map(({ channel, to }) =>
      handOff({
        ffmpeg,
        from: `http://127.0.0.1:${port}/${keyOf(secret, channel)}/live.ts`,
        to,
        say,
      }),
    )
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
      process.once(signal, () => {
        for (const end of ends) end()
        for (const page of live.values()) page.end()
        process.exit(0)
      })
  })
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  const [file, ...rest] = positionals
  if (values.help === true) console.log(help)
  else if (file === undefined || rest.length > 0) throw new ChannelError(help)
  else
    await run(
      file,
      resolve(values.data ?? join(userInfo().homedir, '.local/share/flagwall-channel')),
    )
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
