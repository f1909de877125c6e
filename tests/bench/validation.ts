/** Holding an event against its schema, the calendar and the clock, against JSON.parse of the same text. */
import { checkEvent } from '../../relay/http/check.ts'
import { asCloudEvent, history } from './history.ts'
import { alternate, cpuOf, micro, type Part } from './measure.ts'

const events = 20_000

export const benchValidation: Part = async (bench) => {
  const log = history(events)
  const texts = log.map((event) => JSON.stringify(asCloudEvent(event)))
  const nowMs = Date.now()
  bench.say(
    `${events} events of the demo county, ${Math.round(texts.join('').length / events)} bytes each`,
  )
  const { limit, ours, ratio } = await alternate(
    bench,
    9,
    () =>
      cpuOf(() => {
        for (const text of texts) JSON.parse(text)
      }) / events,
    () =>
      cpuOf(() => {
        for (const event of log) {
          const checked = checkEvent(event, nowMs)
          if (!checked.ok) throw new Error(checked.reason)
        }
      }) / events,
  )
  return [
    {
      name: 'validation of an event, CPU',
      value: micro(ours),
      limit: `JSON.parse of it: ${micro(limit)}`,
      ratio,
      target: { atMost: 0.1 },
    },
  ]
}
