import pg from 'pg'
import type { ConfigOf } from '../config.ts'
import { Trouble } from '../connector.ts'
import type { Row } from '../template.ts'
import type { From, Position, Server } from './table.ts'

const patienceMs = 30_000
/** date, time, timestamp, timestamptz, timetz: as the server writes them, or a mark would lose its microseconds. */
const asText = new Set([1082, 1083, 1114, 1184, 1266])

/** SQLSTATE → what the operator has to do. */
const remedies: Readonly<Record<string, string>> = {
  '28P01': '请改正 user 或 password',
  '28000': '请改正 user、password 或 tls,或在 pg_hba.conf 中放行该用户',
  '3D000': '请改正 database',
  '42P01': '请改正 table',
  '42703': '请改正 mark',
  '42501': '请授予该用户此表的 SELECT 权限',
  '42883': 'mark 的 id 须为整数,updatedAt 须为时间戳',
  '22P02': 'mark 的 id 须为整数,updatedAt 须为时间戳',
  '42804': 'mark 的 id 须为整数,updatedAt 须为时间戳',
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** PostgreSQL by one connection, which is made when needed and given up after an error. Reads only. */
export function createPostgresql(config: ConfigOf<'table'>, password: string | undefined): Server {
  const table = config.table.split('.').map(quoted).join('.')
  const id = quoted(config.mark.id)
  const updatedAt = config.mark.updatedAt === undefined ? undefined : quoted(config.mark.updatedAt)
  const order = updatedAt === undefined ? id : `${updatedAt}, ${id}`
  const isDated = updatedAt === undefined ? 'TRUE' : `${updatedAt} IS NOT NULL`
  let client: pg.Client | undefined

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      host: config.host,
      port: config.port ?? 5432,
      database: config.database,
      user: config.user,
      ...(password === undefined ? {} : { password }),
      ...(config.tls === true ? { ssl: true } : {}),
      connectionTimeoutMillis: patienceMs,
      query_timeout: patienceMs,
      keepAlive: true,
      application_name: `flagwall ${config.name}`,
      types: {
        getTypeParser: ((oid: number, format: 'text') =>
          asText.has(oid)
            ? (text: string) => text
            : (pg.types.getTypeParser(oid, format) as unknown)) as typeof pg.types.getTypeParser,
      },
    })
    // An idle connection that breaks: the next query meets it as an error of its own.
    fresh.on('error', () => (client = undefined))
    await fresh.connect()
    await fresh.query(
      "SET TIME ZONE 'Asia/Shanghai'; SET DateStyle = ISO; SET default_transaction_read_only = on",
    )
    return fresh
  }

  async function query(sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      client ??= await connect()
      const { rows } = await client.query<Row>(sql, [...values])
      return rows
    } catch (cause) {
      const broken = client
      client = undefined
      await broken?.end().catch(() => undefined)
      throw troubleOf(config, cause)
    }
  }

  function whereAfter({ id: after, updatedAt: since }: Position): readonly [string, unknown[]] {
    return updatedAt === undefined
      ? [`${id} > $1`, [after]]
      : [`(${updatedAt}, ${id}) > ($1, $2)`, [since, after]]
  }

  function where(from: From): readonly [string, unknown[]] {
    if (from.kind === 'first') return ['TRUE', []]
    if (from.kind === 'after') return whereAfter(from.position)
    return updatedAt === undefined
      ? [`${id} > $1::numeric - $2::numeric`, [from.mark.id, from.overlap]]
      : [
          `${updatedAt} >= $1::timestamp - make_interval(secs => $2)`,
          [from.mark.updatedAt, from.overlap],
        ]
  }

  return {
    rows(from, limit) {
      const [condition, values] = where(from)
      return query(
        `SELECT * FROM ${table} WHERE ${condition} AND ${isDated} ORDER BY ${order} LIMIT ${limit}`,
        values,
      )
    },
    async waiting(mark, most) {
      const [condition, values] = whereAfter(mark)
      const [row] = await query(
        `SELECT count(*)::int AS waiting FROM (SELECT 1 FROM ${table} WHERE ${condition} LIMIT ${most}) AS later`,
        values,
      )
      return Number(row?.['waiting'] ?? 0)
    },
    async close() {
      await client?.end().catch(() => undefined)
      client = undefined
    },
  }
}

function troubleOf(config: ConfigOf<'table'>, cause: unknown): Trouble {
  const server = `PostgreSQL ${config.host}`
  const message = cause instanceof Error ? cause.message : String(cause)
  const code =
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  const remedy = remedies[code]
  return remedy === undefined
    ? new Trouble('backing-off', `${server} 无法查询(${message || code}),稍后自动重试。`, { cause })
    : new Trouble('misconfigured', `${server} 报错:${message}。${remedy}。`, { cause })
}
