/** Who watches what, and what is on: asks the page of slides for the channels that are watched, and has films made. */
import { createHash } from 'node:crypto'
import type { ChannelProgramme } from '../../protocol/channel.ts'
import type { Columns } from './columns.ts'
import type { Reels } from './reels.ts'
import type { Studio } from './studio.ts'
import { numbered, type Film } from './transport/slot.ts'
import { slotMs } from './transport/times.ts'

export interface Desk {
  /** Somebody watches this village's channel now. */
  watch(village: string): void
  /** Slot `n` of it. */
  slot(village: string, n: number): Promise<Buffer>
  /** What is watched: asked for and made. Rejects where the studio does. */
  refresh(studio: Pick<Studio, 'programmes' | 'shoot'>, build: string): Promise<void>
  counts(): { readonly watched: number; readonly made: number; readonly waiting: number }
}

interface Options {
  readonly reels: Reels
  readonly columns: Columns
  /** Played where nothing else may be: no figure stands in it. */
  readonly standby: string
  readonly film: (png: Buffer) => Promise<Film>
  readonly slideMs: number
  readonly clock: () => number
}

interface On {
  readonly names: readonly string[]
  readonly onAir: ChannelProgramme['onAir']
  readonly heardAt: number
}

/** A player asks every two seconds; one that was closed says nothing. */
const watchedMs = 60_000
/** Whoever has heard nothing of a village for so long can't say what is so now. */
const trustedMs = 60_000
/** What has changed meanwhile is asked for before the rest is made. */
const roundMs = 5_000

export function createDesk(options: Options): Desk {
  const { reels, columns, standby, film, slideMs, clock } = options
  const watched = new Map<string, number>()
  const on = new Map<string, On>()
  const slotsASlide = Math.max(1, Math.round(slideMs / slotMs))
  let made = 0
  let waiting = 0

  function now(village: string): On | undefined {
    const known = on.get(village)
    return known !== undefined && clock() - known.heardAt < trustedMs ? known : undefined
  }
  function nameAt(names: readonly string[], n: number): string {
    const ready = names.filter(reels.has)
    return ready[Math.floor(n / slotsASlide) % ready.length] ?? standby
  }

  async function make(name: string, png: Buffer): Promise<void> {
    await reels.keep(name, await film(png))
    made += 1
    waiting -= 1
  }

  return {
    watch: (village) => void watched.set(village, clock()),
    async slot(village, n) {
      const known = now(village)
      const name = nameAt(known?.names ?? [], n)
      const sound = known === undefined ? undefined : columns.sound(known.onAir, n)
      return numbered(await reels.slot(name, sound), n)
    },
    async refresh(studio, build) {
      const startedAt = clock()
      for (const [village, at] of watched)
        if (startedAt - at > watchedMs) {
          watched.delete(village)
          on.delete(village)
        }
      const programmes = (await studio.programmes([...watched.keys()])).map((programme) => ({
        ...programme,
        names: programme.slides.map((slide) => nameOf(build, slide)),
      }))
      for (const { village, names, onAir } of programmes)
        on.set(village, { names, onAir, heardAt: clock() })
      const wanted = new Map<string, string>()
      const longest = Math.max(0, ...programmes.map(({ slides }) => slides.length))
      // The first slide of every village before the second of any.
      for (let at = 0; at < longest; at += 1)
        for (const { slides, names } of programmes) {
          const [slide, name] = [slides[at], names[at]]
          if (slide !== undefined && name !== undefined && !reels.has(name)) wanted.set(name, slide)
        }
      waiting = wanted.size
      // The next picture is taken while the one before is coded.
      let coding: Promise<void> = Promise.resolve()
      for (const [name, slide] of wanted) {
        if (clock() - startedAt > roundMs) break
        const png = await studio.shoot(slide)
        await coding
        coding = make(name, png)
        // It is waited for with the next picture; where there is none because the browser has ended, that is said instead.
        coding.catch(() => undefined)
      }
      await coding
    },
    counts: () => ({ watched: watched.size, made, waiting }),
  }
}

/** Equal words on pages of one build make equal pictures. */
export function nameOf(build: string, slide: string): string {
  return createHash('sha256').update(build).update('\0').update(slide).digest('hex').slice(0, 40)
}
