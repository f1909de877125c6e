/** One command: an hour of a wall whose county lives at sixty times the pace, troubles included, as a contact sheet on which each moment is judged. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dayMs, localDay } from '../../protocol/time.ts'
import { befall, fairWeather } from './faults.ts'
import { openRoom } from './room.ts'
import { secondsOf } from './verdict.ts'
import { watchWall, type Watched } from './watch.ts'

const help = `A wall through its rotation, with faults, looked at again and again: is a moment broken, empty, overlapping, cut, mixed or stuck?

  npm run sheet -- [options]      ends with 1 where a moment is wrong

  --minutes N    of the room's clock (60)
  --speed N      how much faster the county lives, by a leap of its clock every ten seconds (60)
  --seed N       faults in another order (1)
  --every N      seconds between two looks at a scene that stays (12)
  --out DIR      for the sheet, its summary and each wrong moment in full (a temporary folder)
`

/** Eight in the morning, so long ago that all of it is over by now. */
function beginOf(lengthMs: number, nowMs: number): number {
  const days = Math.ceil(lengthMs / dayMs) + 2
  return Date.parse(`${localDay(nowMs - days * dayMs)}T08:00:00+08:00`)
}

function report({ moments, pages, kinds }: Watched, out: string): string {
  const wrong = moments.filter((moment) => moment.wrong.length > 0)
  const scenes = [...new Set(moments.map(({ scene }) => scene))]
  const rows = scenes.map((scene) => {
    const own = moments.filter((moment) => moment.scene === scene)
    return `| ${scene} | ${own.length} | ${own.filter((moment) => moment.wrong.length > 0).length} |`
  })
  return [
    `${moments.length} moments of ${scenes.length} scenes, ${wrong.length} wrong; ${pages.length} pages in ${out}`,
    '',
    '| scene | moments | wrong |',
    '|---|---:|---:|',
    ...rows,
    '',
    ...[...kinds].map(([kind, count]) => `- ${kind}: ${count}`),
    ...wrong.map(
      ({ number, wallTime, scene, fault, wrong: sentences }) =>
        `- ${number}, ${wallTime.slice(0, 16)}, ${scene}${fault === '' ? '' : `, ${fault}`}: ${sentences.join('; ')}`,
    ),
    '',
  ].join('\n')
}

const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    minutes: text,
    speed: text,
    seed: text,
    every: text,
    out: text,
    help: { type: 'boolean', short: 'h' },
  },
})
const number = (name: 'minutes' | 'speed' | 'seed' | 'every', otherwise: number): number => {
  const value = Number(values[name] ?? otherwise)
  if (value > 0 && Number.isFinite(value)) return value
  console.error(
    `--${name} wants a number above 0, not "${values[name] ?? ''}". See npm run sheet -- --help.`,
  )
  process.exit(2)
}

async function main(): Promise<number> {
  const [minutes, speed] = [number('minutes', 60), number('speed', 60)]
  const [seed, every] = [number('seed', 1), number('every', 12)]
  const out = resolve(values.out ?? mkdtempSync(join(tmpdir(), 'flagwall-sheet-')))
  mkdirSync(out, { recursive: true })
  const say = (line: string): void =>
    console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)
  const seconds = minutes * 60
  const lengthMs = (seconds + 120) * speed * 1_000
  const beginMs = beginOf(lengthMs, Date.now())
  say('the county and its past')
  const room = await openRoom({ beginMs, speed, hasCameras: true })
  const stopping = new AbortController()
  try {
    await room.page().getByTestId('header').waitFor()
    await room.setOff()
    const weather = fairWeather()
    const trouble = befall(room, weather, { seconds, seed }, stopping.signal)
    const watching = { seconds, every, secondsOn: secondsOf, out, say }
    const over = trouble.catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error
    })
    const watched = await Promise.race([
      watchWall(room, weather, watching),
      over.then((): never => {
        throw new Error('the faults ended before the time was over')
      }),
    ])
    stopping.abort()
    await over
    const summary = report(watched, out)
    writeFileSync(join(out, 'summary.md'), summary)
    writeFileSync(join(out, 'moments.json'), `${JSON.stringify(watched.moments, null, 2)}\n`)
    console.log(`\n${summary}`)
    return watched.moments.some(({ wrong }) => wrong.length > 0) ? 1 : 0
  } finally {
    stopping.abort()
    await room.end()
  }
}

if (values.help) process.stdout.write(help)
else process.exitCode = await main()
