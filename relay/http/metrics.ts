/** Counters for Prometheus, behind the few functions that the relay needs. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  counted(platform: string, outcome: 'accepted' | 'duplicate' | 'rejected', count: number): void
}

/** A value, or one for each set of labels. */
type Reading =
  number | readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]

/** `gauges` are read when Prometheus asks, not kept. */
export function createMetrics(
  gauges: Readonly<
    Record<
      string,
      { readonly help: string; readonly labels?: readonly string[]; readonly read: () => Reading }
    >
  >,
): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const [name, { help, labels = [], read }] of Object.entries(gauges)) {
    const gauge: Gauge = new Gauge({
      name: `flagwall_${name}`,
      help,
      labelNames: labels,
      registers: [registry],
      collect() {
        const reading = read()
        if (typeof reading === 'number') {
          gauge.set(reading)
          return
        }
        // A set of labels that is not read any more must not live on.
        gauge.reset()
        for (const { labels: set, value } of reading) gauge.set({ ...set }, value)
      },
    })
  }
  const events = new Counter({
    name: 'flagwall_events_total',
    help: 'Events by platform and outcome',
    labelNames: ['platform', 'outcome'],
    registers: [registry],
  })
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    counted: (platform, outcome, count) => {
      if (count > 0) events.inc({ platform, outcome }, count)
    },
  }
}
