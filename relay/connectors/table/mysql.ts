import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise'
import type { ConfigOf } from '../config.ts'
import { Trouble } from '../connector.ts'
import type { Row } from '../template.ts'
import type { From, Position, Server } from './table.ts'

const patienceMs = 30_000

/** Error code → what the operator has to do. */
const remedies: Readonly<Record<string, string>> = {
  ER_ACCESS_DENIED_ERROR: '请改正 user 或 password',
  ER_DBACCESS_DENIED_ERROR: '请改正 database,或授予该用户 SELECT 权限',
  ER_BAD_DB_ERROR: '请改正 database',
  ER_NO_SUCH_TABLE: '请改正 table',
  ER_BAD_FIELD_ERROR: '请改正 mark',
  ER_TABLEACCESS_DENIED_ERROR: '请授予该用户此表的 SELECT 权限',
}

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``

/** MySQL or MariaDB by one connection, which is made when needed and given up after an error. Reads only. */
export function createMysql(config: ConfigOf<'table'>, password: string | undefined): Server {
  const table = config.table.split('.').map(quoted).join('.')
  const id = quoted(config.mark.id)
  const updatedAt = config.mark.updatedAt === undefined ? undefined : quoted(config.mark.updatedAt)
  const order = updatedAt === undefined ? id : `${updatedAt}, ${id}`
  const isDated = updatedAt === undefined ? 'TRUE' : `${updatedAt} IS NOT NULL`
  let connection: Connection | undefined

  async function connect(): Promise<Connection> {
    const fresh = await createConnection({
      ...(config.host.startsWith('/')
        ? { socketPath: config.host }
        : { host: config.host, port: config.port ?? 3306 }),
      database: config.database,
      user: config.user,
      ...(password === undefined ? {} : { password }),
      ...(config.tls === true ? { ssl: {} } : {}),
      charset: 'utf8mb4',
      connectTimeout: patienceMs,
      // As the server writes them: a Date would shift by the zone, a number would round a long id.
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
    })
    // An idle connection that breaks: the next query meets it as an error of its own.
    fresh.on('error', () => (connection = undefined))
    await fresh.query("SET time_zone = '+08:00'")
    await fresh.query('SET SESSION TRANSACTION READ ONLY')
    return fresh
  }

  async function query(sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      connection ??= await connect()
      const [rows] = await connection.query<RowDataPacket[]>({
        sql,
        values: [...values],
        timeout: patienceMs,
      })
      return rows
    } catch (cause) {
      connection?.destroy()
      connection = undefined
      throw troubleOf(config, cause)
    }
  }

  function whereAfter({ id: after, updatedAt: since }: Position): readonly [string, unknown[]] {
    return updatedAt === undefined
      ? [`${id} > CAST(? AS SIGNED)`, [after]]
      : [
          // Spelt out: MySQL does not use an index for a comparison of rows.
          `(${updatedAt} > CAST(? AS DATETIME(6)) OR (${updatedAt} = CAST(? AS DATETIME(6)) AND ${id} > ?))`,
          [since, since, after],
        ]
  }

  function where(from: From): readonly [string, unknown[]] {
    if (from.kind === 'first') return ['TRUE', []]
    if (from.kind === 'after') return whereAfter(from.position)
    return updatedAt === undefined
      ? [`${id} > CAST(? AS SIGNED) - ?`, [from.mark.id, from.overlap]]
      : [
          `${updatedAt} >= CAST(? AS DATETIME(6)) - INTERVAL ? SECOND`,
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
        `SELECT count(*) AS waiting FROM (SELECT 1 FROM ${table} WHERE ${condition} LIMIT ${most}) AS later`,
        values,
      )
      return Number(row?.['waiting'] ?? 0)
    },
    async close() {
      await connection?.end().catch(() => undefined)
      connection = undefined
    },
  }
}

function troubleOf(config: ConfigOf<'table'>, cause: unknown): Trouble {
  const server = `MySQL ${config.host}`
  const message = cause instanceof Error ? cause.message : String(cause)
  const code =
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  const remedy = remedies[code]
  return remedy === undefined
    ? new Trouble('backing-off', `${server} 无法查询(${message || code}),稍后自动重试。`, { cause })
    : new Trouble('misconfigured', `${server} 报错:${message}。${remedy}。`, { cause })
}
