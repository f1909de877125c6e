/** Counters for Prometheus, behind the few functions that the relay needs. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
  counted(platform: string, outcome: 'accepted' | 'duplicate' | 'rejected', count: number): void
}

/** `gauges` are read when Prometheus asks, not kept. */
export function createMetrics(
  gauges: Readonly<Record<string, { readonly help: string; readonly read: () => number }>>,
): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const [name, { help, read }] of Object.entries(gauges)) {
    const gauge: Gauge = new Gauge({
      name: `flagwall_${name}`,
      help,
      registers: [registry],
      collect() {
        gauge.set(read())
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
