/** Exchange tables in real databases. */
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import type { NativeMessage } from '../../mock-feeds/platforms/xintian.ts'
import { until } from '../support/relay.ts'
import { columns, rowOf } from './county.ts'
import { password, user, type Server } from './servers.ts'

/** Waits for a server that listens already and still recovers. */
export function openPostgresql({ port }: Server): Promise<pg.Client> {
  return until('PostgreSQL to let in', async () => {
    const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'postgres' })
    // A server that crashes on purpose must not end the test.
    client.on('error', () => undefined)
    return client.connect().then(
      () => client,
      () => false as const,
    )
  })
}

export async function makePostgresqlTable(client: pg.Client): Promise<void> {
  await client.query(`CREATE TABLE outbox (
    id bigserial PRIMARY KEY, msg_id text, msg_type text, ver int, czlx text, org_code text,
    occur_time timestamptz, payload jsonb)`)
}

export async function insertPostgresql(
  client: pg.Client,
  messages: readonly NativeMessage[],
): Promise<void> {
  await client.query(
    `INSERT INTO outbox (${columns.join(', ')})
     SELECT r->>0, r->>1, (r->>2)::int, r->>3, r->>4, ((r->>5) || '+08')::timestamptz, (r->>6)::jsonb
     FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS rows(r, place) ORDER BY place`,
    [JSON.stringify(messages.map(rowOf))],
  )
}

export async function openMariadb({ port }: Server) {
  return createConnection({ host: '127.0.0.1', port, user, password, database: 'exchange' })
}
type Mariadb = Awaited<ReturnType<typeof openMariadb>>

/** Rows carry the time of their last change, many the same one. */
export async function makeMariadbTable(connection: Mariadb): Promise<void> {
  await connection.query(`CREATE TABLE outbox (
    id bigint AUTO_INCREMENT PRIMARY KEY, msg_id varchar(64), msg_type varchar(8), ver int, czlx varchar(2),
    org_code varchar(64), occur_time datetime, payload text,
    updated_at datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))`)
}

export async function insertMariadb(
  connection: Mariadb,
  messages: readonly NativeMessage[],
): Promise<void> {
  await connection.query(`INSERT INTO outbox (${columns.join(', ')}) VALUES ?`, [
    messages.map(rowOf),
  ])
}
