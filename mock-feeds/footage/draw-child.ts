/**
 * Draws loops of footage and leaves, so that neither its memory nor its work is on whoever plays them.
 *
 *   npx node mock-feeds/footage/draw-child.ts FOLDER SCENE-SEED …
 *
 * Prints the name of each as soon as its files are there, in the order asked for.
 */
import { setPriority } from 'node:os'
import { ffmpegPath } from './ffmpeg-path.ts'
import { drawLoop, type LoopPlan } from './loops.ts'
import { scenes } from './scenes/all.ts'

/** How many are drawn before it makes way for everybody else on the machine. */
const urgent = 4

function planOf(name: string): LoopPlan {
  const [, word = '', seed = ''] = /^([a-z]+)-(\d+)$/.exec(name) ?? []
  const scene = scenes.find((each) => each.name === word)
  if (scene === undefined) throw new Error(`there is no scene for ${name}`)
  return { scene, seed: Number(seed) }
}

const [folder, ...names] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: draw-child.ts FOLDER SCENE-SEED …')
const ffmpeg = ffmpegPath()
if (ffmpeg.kind === 'missing') throw new Error(ffmpeg.sentence)
const stopping = new AbortController()
process.once('SIGTERM', () => stopping.abort())
process.once('SIGINT', () => stopping.abort())
// A killed parent closes the pipe and says nothing else.
process.stdout.once('error', () => stopping.abort())
try {
  for (const [at, plan] of names.map(planOf).entries()) {
    if (at === urgent) setPriority(10)
    const { name } = await drawLoop(plan, { ffmpeg: ffmpeg.path, folder, signal: stopping.signal })
    console.log(name)
  }
} catch (error) {
  if (!stopping.signal.aborted) throw error
}
