/** The sound of a radio column, slot by slot: coded when it comes on the air, let go of when it is over. */
import { join } from 'node:path'
import type { ChannelProgramme } from '../../protocol/channel.ts'
import { audioFrames, slotAt } from './transport/times.ts'
import type { Sound } from './transport/slot.ts'

export interface Columns {
  /** Undefined: silence, since there is none, it is over, or it is not coded yet. */
  sound(onAir: ChannelProgramme['onAir'], n: number): Sound | undefined
}

interface Options {
  /** Null: columns have no sound here. */
  readonly media: string | null
  readonly silence: Sound
  readonly code: (file: string) => Promise<Sound>
  readonly say: (line: string) => void
}

export function createColumns({ media, silence, code, say }: Options): Columns {
  const coded = new Map<string, Sound>()

  function open(audio: string): Sound {
    const kept = coded.get(audio)
    if (kept !== undefined || media === null) return kept ?? []
    // One column is on the air at a time, in all villages or in some.
    coded.clear()
    coded.set(audio, [])
    code(join(media, audio)).then(
      (frames) => coded.set(audio, frames),
      (error: unknown) => say(`the sound ${audio} can't be played: ${String(error)}`),
    )
    return []
  }
  return {
    sound(onAir, n) {
      if (onAir === null || onAir.audio === null) return undefined
      const from = (n - slotAt(onAir.startMs)) * audioFrames
      const frames = open(onAir.audio).slice(Math.max(0, from), from + audioFrames)
      if (frames.length === 0 || from < 0) return undefined
      return [...frames, ...silence.slice(frames.length)]
    },
  }
}
