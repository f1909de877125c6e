/** Memory of the relay while half of its screens read nothing, against the same relay with all of them reading. */
import { openClients } from './clients.ts'
import { openServer } from './fanout.ts'
import { count, median, residentMb, type Part } from './measure.ts'

const half = 300
const bytes = 3_000
const seconds = 10

export const benchFrozen: Part = async (bench) => {
  const side = async (isFrozen: boolean) => {
    const server = await openServer(bench, 'relay', bytes)
    const order = { url: server.url, count: half, kind: 'relay' } as const
    await openClients(bench, order)
    const others = await openClients(bench, order)
    return async (): Promise<number> => {
      const pid = server.process.pid ?? 0
      await server.send(20)
      if (isFrozen) others.process.kill('SIGSTOP')
      const samples: number[] = []
      const sampling = setInterval(() => samples.push(residentMb(pid)), 250)
      await server.send(seconds * 10)
      clearInterval(sampling)
      return median(samples.slice(-Math.floor(samples.length / 2)))
    }
  }
  bench.say(`opening ${count(2 * half)} screens on each side`)
  const reading = await side(false)
  const frozen = await side(true)
  bench.say(`${seconds} s of ${bytes} bytes ten times a second, half of one side stopped`)
  const [limit, ours] = await Promise.all([reading(), frozen()])
  return [
    {
      name: `memory with ${count(half)} of ${count(2 * half)} screens frozen`,
      value: `${ours.toFixed(0)} MB`,
      limit: `all reading: ${limit.toFixed(0)} MB`,
      ratio: ours / limit,
      target: { atMost: 1.1 },
    },
  ]
}
