/** Films of slides, each made once: kept on disk by what the slide says, and the last ones used in memory as whole slots. */
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { picturesOf } from './film.ts'
import { slotOf, type Film, type Sound } from './transport/slot.ts'

export interface Reels {
  has(name: string): boolean
  /** The slot of number 0 with `sound`, or with silence. Throws where there is no such film. */
  slot(name: string, sound?: Sound): Promise<Buffer>
  keep(name: string, film: Film): Promise<void>
}

interface Options {
  readonly folder: string
  readonly silence: Sound
  /** In memory, bytes. */
  readonly mostBytes: number
  /** On disk. */
  readonly mostFilms: number
}

export function openReels({ folder, silence, mostBytes, mostFilms }: Options): Reels {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = new Set(readdirSync(folder).filter((name) => name.endsWith('.h264')))
  /** The least recently used first. */
  const slots = new Map<string, Buffer>()
  let bytes = 0
  const fileOf = (name: string): string => `${name}.h264`

  async function filmOf(name: string): Promise<Film> {
    const file = join(folder, fileOf(name))
    const film = picturesOf(await readFile(file))
    const now = new Date()
    utimesSync(file, now, now)
    return film
  }
  function remember(name: string, slot: Buffer): void {
    bytes += slot.length
    slots.set(name, slot)
    for (const [oldest, { length }] of slots) {
      if (bytes <= mostBytes || oldest === name) break
      slots.delete(oldest)
      bytes -= length
    }
  }
  function forgetOldest(): void {
    if (files.size <= mostFilms) return
    const byAge = [...files]
      .map((file) => ({ file, at: statSync(join(folder, file)).mtimeMs }))
      .sort((a, b) => a.at - b.at)
    for (const { file } of byAge.slice(0, Math.ceil(mostFilms / 10))) {
      rmSync(join(folder, file), { force: true })
      files.delete(file)
    }
  }

  return {
    has: (name) => files.has(fileOf(name)),
    async slot(name, sound) {
      if (sound !== undefined) return slotOf(await filmOf(name), sound)
      const kept = slots.get(name)
      if (kept !== undefined) {
        slots.delete(name)
        slots.set(name, kept)
        return kept
      }
      const slot = slotOf(await filmOf(name), silence)
      if (!slots.has(name)) remember(name, slot)
      return slot
    },
    async keep(name, film) {
      const file = join(folder, fileOf(name))
      // A half-written film would be played for days.
      await writeFile(`${file}.part`, film)
      await rename(`${file}.part`, file)
      files.add(fileOf(name))
      forgetOldest()
    },
  }
}
