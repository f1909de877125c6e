/** What a browser presents, seen from outside it: the frames of its compositor, small, each with its instant. */
import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { CDPSession, Page } from 'playwright-core'
import { percentile } from './measure.ts'

/** px of a frame: enough to tell one scene from another. */
const [maxWidth, maxHeight] = [96, 54]

export interface Frame {
  /** ms of the machine's clock. */
  readonly atMs: number
  /** Red, green, blue and opacity of each pixel, 0 … 255. */
  readonly tones: Uint8ClampedArray
}

export interface Witness {
  /** Once the first frame is there. */
  start(): Promise<void>
  /** What was presented since the start. */
  stop(): Promise<readonly Frame[]>
}

export async function witness(page: Page): Promise<Witness> {
  const session: CDPSession = await page.context().newCDPSession(page)
  let seen: { readonly atMs: number; readonly jpeg: string }[] = []
  let begin: () => void = () => undefined
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    seen.push({ atMs: (metadata.timestamp ?? Number.NaN) * 1_000, jpeg: data })
    void session.send('Page.screencastFrameAck', { sessionId })
    begin()
  })
  return {
    async start() {
      seen = []
      const begun = new Promise<void>((resolve) => {
        begin = resolve
      })
      const format = { format: 'jpeg', quality: 90, maxWidth, maxHeight } as const
      await session.send('Page.startScreencast', format)
      await begun
    },
    async stop() {
      await session.send('Page.stopScreencast')
      const frames = seen.map(async ({ atMs, jpeg }) => ({ atMs, tones: await tonesOf(jpeg) }))
      return Promise.all(frames)
    },
  }
}

async function tonesOf(jpeg: string): Promise<Uint8ClampedArray> {
  const image = await loadImage(Buffer.from(jpeg, 'base64'))
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height).data
}

/** A tone counts where a scene takes so much of its light with it. */
const leastLoss = 24
/** Fewer of them don't tell one scene from another. */
const leastTones = 60

export interface Fade {
  /** The first frame in which something of the scene before is gone. */
  readonly beginMs: number
  /** When half of it is gone; between two frames by their shares. */
  readonly halfMs: number
}

/**
 * When a scene went from a window, by what was bright and is dark in the end: what comes is still drawing itself, what
 * goes stands still. Null where the window shows much the same before and after.
 */
export function fadeIn(frames: readonly Frame[]): Fade | null {
  const [before, after] = [frames[0]?.tones ?? [], frames.at(-1)?.tones ?? []]
  const lost = [...before.keys()].filter((at) => (before[at] ?? 0) - (after[at] ?? 0) >= leastLoss)
  if (lost.length < leastTones) return null
  // What comes may still draw itself where some of them are: most of them tell.
  const shareOf = (tones: ArrayLike<number>) =>
    percentile(
      lost.map((at) => {
        const [from, now, to] = [before[at] ?? 0, tones[at] ?? 0, after[at] ?? 0]
        return (from - now) / (from - to)
      }),
      0.5,
    )
  const gone = frames.map(({ atMs, tones }) => ({ atMs, share: shareOf(tones) }))
  const half = gone.findIndex(({ share }) => share >= 0.5)
  const [one, two] = [gone[half - 1], gone[half]]
  const first = gone.find(({ share }) => share >= 0.05)
  if (one === undefined || two === undefined || first === undefined) return null
  const part = (0.5 - one.share) / (two.share - one.share)
  return { beginMs: first.atMs, halfMs: one.atMs + (two.atMs - one.atMs) * part }
}
