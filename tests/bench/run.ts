/** `npm run bench [-- NAME …] [-- --json] [-- --minutes N]`: a table of ratios to limits of the same run. */
import type { ChildProcess } from 'node:child_process'
import { benchAppend } from './append.ts'
import { benchChannels } from './channels.ts'
import { benchFanout } from './fanout.ts'
import { benchFrozen } from './frozen.ts'
import { benchIngest } from './ingest.ts'
import { benchLife } from './life.ts'
import { benchLoad } from './load.ts'
import { benchMap } from './map.ts'
import type { BenchRow, Part } from './measure.ts'
import { benchPatrol } from './patrol.ts'
import { benchReplay } from './replay.ts'
import { benchScale } from './scale.ts'
import { benchScenes } from './scenes.ts'
import { benchSnapshot } from './snapshot.ts'
import { asJson, asTable } from './table.ts'
import { benchValidation } from './validation.ts'
import { benchVideo } from './video.ts'
import { benchWall } from './wall.ts'
import { benchWalls } from './walls.ts'

const args = process.argv.slice(2)
const minutesAt = args.indexOf('--minutes')
/** How long parts go on that are told so. */
const minutes = minutesAt < 0 ? 10 : Number(args.splice(minutesAt, 2)[1])
if (!(minutes > 0)) {
  console.error('--minutes takes a number above 0.')
  process.exit(2)
}

/** Each part and the seconds that it may take: most need half of them, unless the machine is busy. */
const parts: Readonly<Record<string, readonly [Part, seconds: number]>> = {
  ingest: [benchIngest, 45],
  append: [benchAppend, 25],
  validation: [benchValidation, 15],
  replay: [benchReplay, 45],
  fanout: [benchFanout, 60],
  load: [benchLoad, 60],
  frozen: [benchFrozen, 45],
  snapshot: [benchSnapshot, 20],
  map: [benchMap, 75],
  wall: [benchWall, 60],
}
/** Those that take minutes run only when they are named. A busy machine may need all of them. */
const onlyNamed: typeof parts = {
  scale: [benchScale, 2_700],
  walls: [benchWalls, 180],
  scenes: [benchScenes, 180],
  life: [benchLife, 900],
  video: [benchVideo, 600],
  channels: [benchChannels, 180],
  patrol: [benchPatrol, minutes * 60 + 180],
}
/** All of the others together. */
const mostSeconds = 355

const names = args.filter((arg) => !arg.startsWith('--'))
const unknown = [
  ...names.filter((name) => !(name in parts || name in onlyNamed)),
  ...args.filter((arg) => arg.startsWith('--') && arg !== '--json'),
]
if (unknown.length > 0) {
  console.error(
    `There is no bench "${unknown[0]}": choose from ${Object.keys({ ...parts, ...onlyNamed }).join(', ')}, --json and --minutes N.`,
  )
  process.exit(2)
}

async function run(name: string, part: Part, seconds: number): Promise<readonly BenchRow[]> {
  const startedAt = performance.now()
  const children = new Set<ChildProcess>()
  const stops: (() => unknown)[] = []
  const found: BenchRow[] = []
  const say = (line: string): void =>
    console.error(`  ${((performance.now() - startedAt) / 1000).toFixed(0).padStart(3)} s  ${line}`)
  const leftMs = (): number => seconds * 1000 - (performance.now() - startedAt)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it was not through after ${seconds} s`)),
      seconds * 1000,
    )
  })
  try {
    const own = <T extends ChildProcess>(child: T): T => {
      children.add(child)
      return child
    }
    return found.concat(
      await Promise.race([
        part({
          say,
          own,
          leftMs,
          minutes,
          add: (row) => found.push(row),
          atEnd: (stop) => stops.push(stop),
        }),
        late,
      ]),
    )
  } catch (error) {
    // One part that fails must not cost the others their figures.
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    say(`failed: ${reason}`)
    return [
      ...found,
      {
        name: `${name} failed: ${reason}`,
        value: '–',
        limit: '–',
        ratio: NaN,
        target: { atMost: 1 },
      },
    ]
  } finally {
    clearTimeout(timer)
    for (const child of children) child.kill('SIGKILL')
    await Promise.allSettled(stops.map(async (stop) => stop()))
  }
}

const rows: BenchRow[] = []
for (const name of names.length > 0 ? names : Object.keys(parts)) {
  const [part, most] = onlyNamed[name] ?? parts[name] ?? []
  if (part === undefined || most === undefined) continue
  const left = Math.floor(mostSeconds - performance.now() / 1000)
  const seconds = name in onlyNamed ? most : Math.min(most, left)
  console.error(`▸ ${name} (at most ${seconds} s)`)
  rows.push(...(await run(name, part, seconds)))
}
console.log(args.includes('--json') ? asJson(rows) : asTable(rows))
process.exit(0)
