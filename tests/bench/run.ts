/** `npm run bench [-- --json] [-- --only ingest,append,fanout,load,wall]`: a table of ratios to limits of the same run. */
import { benchAppend } from './append.ts'
import { benchFanout } from './fanout.ts'
import { benchIngest } from './ingest.ts'
import { benchLoad } from './load.ts'
import type { BenchRow } from './measure.ts'
import { benchWall } from './wall.ts'

const parts: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  ingest: benchIngest,
  append: benchAppend,
  fanout: benchFanout,
  load: benchLoad,
  wall: benchWall,
}

const args = process.argv.slice(2)
const only = args[args.indexOf('--only') + 1]?.split(',')
const chosen = args.includes('--only') ? only : Object.keys(parts)
const rows: BenchRow[] = []
for (const name of chosen ?? []) {
  const part = parts[name]
  if (part === undefined) {
    console.error(`There is no bench "${name}": choose from ${Object.keys(parts).join(', ')}.`)
    process.exit(2)
  }
  console.error(`▸ ${name} …`)
  rows.push(...(await part()))
}
if (args.includes('--json')) console.log(JSON.stringify(rows, null, 2))
else {
  console.log('| what | measured | ratio | limit (= 1) | target | |\n|---|---|---|---|---|---|')
  for (const row of rows) {
    console.log(
      `| ${row.name} | ${row.measured} | ${row.ratio.toFixed(2)} | ${row.limit} | ${row.target} | ${row.isMet ? 'met' : '**missed**'} |`,
    )
  }
}
process.exit(0)
