/** Starts what `platforms.yaml` names, and tells how it fares. */
import type { Delivery, Line } from '../http/deliver.ts'
import { countOf } from '../http/deliver.ts'
import type { Config, ConfigOf, Kind } from './config.ts'
import type { Connectors } from './config-file.ts'
import type { Running, Source, Take } from './connector.ts'
import { createFolder } from './folder/folder.ts'
import { createHealth, type Health, type HealthBook } from './health.ts'
import { createIntake } from './intake.ts'
import { openKafka } from './kafka/client.ts'
import { createKafka } from './kafka/kafka.ts'
import { openMarks } from './marks.ts'
import { runMqtt } from './mqtt.ts'
import { createPoll } from './poll.ts'
import { runLoop } from './pull-loop.ts'
import type { Secrets } from './secrets.ts'
import { createMysql } from './table/mysql.ts'
import { createPostgresql } from './table/postgresql.ts'
import { createTable } from './table/table.ts'

interface Parts {
  readonly configuration: Connectors
  readonly delivery: Delivery
  readonly dataDir: string
  /** The county of connectors that name none. */
  readonly county: string
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

const starters: { readonly [K in Kind]: (config: ConfigOf<K>, gear: Gear) => Running } = {
  push: () => ({ stop: () => Promise.resolve() }),
  poll: (config, { secrets, follow }) =>
    follow(createPoll(config, secrets), config.url, config.everySeconds ?? 30),
  table(config, { secrets, follow, now }) {
    const password = config.password && secrets.read(config.password)
    const server =
      config.server === 'postgresql'
        ? createPostgresql(config, password)
        : createMysql(config, password)
    const of = `${config.server} ${config.host} ${config.database} ${config.table} by ${config.mark.updatedAt ?? ''} ${config.mark.id}`
    return follow(createTable(config, server, now), of, config.everySeconds ?? 5)
  },
  folder: (config, { follow, now }) =>
    follow(createFolder(config, now), config.folder, config.everySeconds ?? 5),
  mqtt: (config, gear) => runMqtt({ ...gear, config }),
  kafka: (config, { secrets, follow, now }) =>
    follow(
      createKafka(() => openKafka(config, secrets), config.batch ?? 500, now),
      config.brokers.join(),
      0,
    ),
}

export function startConnectors(parts: Parts): StartedConnectors {
  const { configuration, delivery, dataDir, county, now } = parts
  const { secrets } = configuration

  const started = configuration.connectors.map((config) => {
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
      counties: config.counties ?? [county],
      format: config.format ?? 'native',
      now,
      onOutcome: health.counted,
    })
    const running = startOne(config, {
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

function startOne<K extends Kind>(config: ConfigOf<K> & Config, gear: Gear): Running {
  // The table pairs each kind with its starter; a union index loses the pair.
  const start = starters[config.kind] as (config: Config, gear: Gear) => Running
  return start(config, gear)
}
