/** Starts what `platforms.yaml` names, and tells how it fares. */
import { countOf, type Delivery, type Line } from '../http/deliver.ts'
import { instantMs } from '../../protocol/time.ts'
import type { Config, ConfigOf, Kind } from './config.ts'
import type { Connectors } from './config-file.ts'
import type { Running, Source, Take } from './connector.ts'
import { createFolder } from './folder/folder.ts'
import { createHealth, type Health, type HealthBook } from './health.ts'
import { createIntake } from './intake.ts'
import { openMarks } from './marks.ts'
import { createKafka } from './kafka/kafka.ts'
import { createPoll } from './poll.ts'
import { runLoop } from './pull-loop.ts'
import type { Secrets } from './secrets.ts'
import { createTable } from './table/table.ts'

interface Parts {
  readonly configuration: Connectors
  readonly delivery: Delivery
  readonly dataDir: string
  /** What a connector speaks for that names no counties. */
  readonly divisionsOf: (platform: string) => readonly string[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: { error(fields: object, message: string): void }
}

export interface StartedConnectors {
  /** In the order of the file. */
  list(): readonly Health[]
  /** For the push connectors of a platform: what HTTP delivered. */
  pushed(platform: string, lines: readonly Line[]): void
  /** Resolves when everything under way is on disk. */
  stop(): Promise<void>
}

/** What one connector is given. */
interface Gear {
  readonly take: Take
  readonly health: HealthBook
  readonly secrets: Secrets
  readonly now: () => number
  readonly log: Parts['log']
  /** Runs a source; `of` names what is read, so that a mark is never used for something else. */
  readonly follow: (source: Source, of: string, everySeconds: number) => Running
}

/** Clients are loaded only when a connector needs them: that of Kafka alone costs a second of each start. */
const starters: { readonly [K in Kind]: (config: ConfigOf<K>, gear: Gear) => Promise<Running> } = {
  push: () => Promise.resolve({ stop: () => Promise.resolve() }),
  async poll(config, { secrets, follow }) {
    return follow(createPoll(config, secrets), config.url, config.everySeconds ?? 30)
  },
  async table(config, { secrets, follow, now }) {
    const password = config.password && secrets.read(config.password)
    const server =
      config.server === 'postgresql'
        ? (await import('./table/postgresql.ts')).createPostgresql(config, password)
        : (await import('./table/mysql.ts')).createMysql(config, password)
    const of = `${config.server} ${config.host} ${config.database} ${config.table} by ${config.mark.updatedAt ?? ''} ${config.mark.id}`
    return follow(createTable(config, server, now), of, config.everySeconds ?? 5)
  },
  async folder(config, { follow, now }) {
    return follow(createFolder(config, now), config.folder, config.everySeconds ?? 5)
  },
  async mqtt(config, gear) {
    const { runMqtt } = await import('./mqtt.ts')
    return runMqtt({ ...gear, config })
  },
  async kafka(config, { secrets, follow, now }) {
    const { openKafka } = await import('./kafka/client.ts')
    const source = createKafka(() => openKafka(config, secrets), config.batch ?? 500, now)
    return follow(source, config.brokers.join(), 0)
  },
}

export async function startConnectors(parts: Parts): Promise<StartedConnectors> {
  const { configuration, delivery, dataDir, divisionsOf, now } = parts
  const { secrets } = configuration

  const starting = configuration.connectors.map(async (config) => {
    const health = createHealth(config, now, secrets.redact)
    const log = {
      error(fields: { readonly err?: unknown }, message: string) {
        const { err } = fields
        const text = err instanceof Error ? (err.stack ?? err.message) : String(err)
        parts.log.error({ connector: config.name, error: secrets.redact(text) }, message)
      },
    }
    const take = createIntake({
      delivery,
      platform: config.platform,
      counties: config.counties ?? divisionsOf(config.platform),
      format: config.format ?? 'native',
      now,
      onOutcome: health.counted,
    })
    const running = await startOne(config, {
      take,
      health,
      secrets,
      now,
      log,
      follow: (source, of, everySeconds) =>
        runLoop({
          source,
          marks: openMarks(dataDir, config.name, of),
          take,
          health,
          everyMs: everySeconds * 1000,
          log,
        }),
    })
    return { config, health, running }
  })
  const started = await Promise.all(starting)

  return {
    list: () => started.map(({ health }) => health.read()),
    pushed(platform, lines) {
      for (const { config, health } of started) {
        if (config.kind !== 'push' || config.platform !== platform) continue
        health.ok()
        health.counted({
          accepted: countOf(lines, 'accepted'),
          duplicate: countOf(lines, 'duplicate'),
          refused: lines.flatMap(({ reason }) => reason ?? []),
        })
      }
    },
    async stop() {
      await Promise.all(started.map(({ running }) => running.stop()))
    },
  }
}

function startOne<K extends Kind>(config: ConfigOf<K> & Config, gear: Gear): Promise<Running> {
  // The table pairs each kind with its starter; a union index loses the pair.
  const start = starters[config.kind] as (config: Config, gear: Gear) => Promise<Running>
  return start(config, gear)
}

/** For Prometheus: `flagwall_connector_running` and the others, by connector. */
export function connectorGauges(list: () => readonly Health[]) {
  const labels = ['connector', 'platform', 'kind'] as const
  const gauge = (help: string, valueOf: (health: Health) => number | undefined) => ({
    help,
    labels,
    read: () =>
      list().flatMap((health) => {
        const value = valueOf(health)
        const { name: connector, platform, kind } = health
        return value === undefined ? [] : [{ labels: { connector, platform, kind }, value }]
      }),
  })
  return {
    connector_running: gauge('1 while the source answers', ({ state }) =>
      Number(state === 'running'),
    ),
    connector_lag_rows: gauge('Rows that wait at the source', ({ lag }) =>
      lag !== undefined && 'rows' in lag ? lag.rows : undefined,
    ),
    connector_lag_seconds: gauge('Age of the oldest file that waits', ({ lag }) =>
      lag !== undefined && 'seconds' in lag ? lag.seconds : undefined,
    ),
    connector_events_per_second: gauge('Events a second over the last minute', ({ rate }) => rate),
    connector_last_ok_seconds: gauge(
      'When the source last answered, seconds since 1970',
      ({ lastOkAt }) =>
        lastOkAt === undefined ? undefined : Math.floor(instantMs(lastOkAt) / 1000),
    ),
  }
}
