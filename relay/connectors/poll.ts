import { createHash } from 'node:crypto'
import { parseJson } from '../http/parse.ts'
import { Problem } from '../http/problem.ts'
import type { ConfigOf } from './config.ts'
import { Trouble, type Parcel, type Pulled, type Source } from './connector.ts'
import type { Secrets } from './secrets.ts'
import { fill, rowKept } from './template.ts'

const pageBytes = 4 * 1024 * 1024
const patienceMs = 30_000
const waitMostMs = 600_000

/** The cursor that the page was asked with, and the digest of the page: an unchanged last page is not delivered again. */
interface Mark {
  readonly cursor: string
  readonly digest?: string
}

/** A REST interface that is asked page by page. Marks are `{cursor, digest}`. */
export function createPoll(config: ConfigOf<'poll'>, secrets: Secrets): Source {
  const headers = Object.fromEntries(
    Object.entries(config.headers ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : secrets.read(value),
    ]),
  )

  async function ask(cursor: string, signal: AbortSignal): Promise<Uint8Array> {
    const url = config.url.replaceAll('{cursor}', encodeURIComponent(cursor))
    const { host } = new URL(url)
    try {
      const response = await fetch(url, {
        headers: { accept: 'application/json', ...headers },
        // A redirect would carry the secret header to whoever the answer names.
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
      })
      if (!response.ok) {
        await response.body?.cancel()
        throw refusalOf(host, response)
      }
      return await collect(host, response)
    } catch (error) {
      if (error instanceof Trouble || signal.aborted) throw error
      throw new Trouble('backing-off', `${host} 没有应答(${reasonOf(error)}),稍后自动重试。`, {
        cause: error,
      })
    }
  }

  return {
    async pull(saved, signal): Promise<Pulled> {
      const mark = readMark(saved) ?? { cursor: config.start ?? '' }
      const bytes = await ask(mark.cursor, signal)
      const page = parsePage(bytes)
      const items = at(page, config.items)
      if (!Array.isArray(items))
        throw new Trouble(
          'misconfigured',
          `应答中 ${config.items} 处没有列表:请把 items 改为列表所在的位置。`,
        )
      const digest = createHash('sha256').update(bytes).digest('base64url')
      const next = textOf(at(page, config.cursor))
      const isMore = next !== undefined && next !== mark.cursor && items.length > 0
      const isNew = items.length > 0 && digest !== mark.digest
      const after: Mark = isMore ? { cursor: next } : { cursor: mark.cursor, digest }
      return {
        parcels: isNew ? parcelsOf(config, mark.cursor, page, items) : [],
        settle: () => (isMore || isNew ? after : saved),
        isMore,
        ...(isMore ? {} : { lag: { rows: 0 } }),
      }
    },
    close: () => Promise.resolve(),
  }
}

/** The message of the answer; with `body`, one for each item of its list. */
function parcelsOf(
  { message, body }: ConfigOf<'poll'>,
  cursor: string,
  page: unknown,
  items: readonly unknown[],
): readonly Parcel[] {
  const where = `游标 ${cursor}`
  if (body === undefined) return [{ where, body: message === undefined ? page : at(page, message) }]
  return items.map((item, index): Parcel => {
    const place = `${where} 第 ${index + 1} 项`
    if (typeof item !== 'object' || item === null)
      return { where: place, wrong: '列表中的一项不是对象', kept: rowKept(item) }
    const filled = fill(body, { ...item })
    return filled.ok
      ? { where: place, body: filled.body }
      : { where: place, wrong: filled.reason, kept: rowKept(item) }
  })
}

function parsePage(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes)
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause
    throw new Trouble('backing-off', `应答无法读取。${cause.message}`, { cause })
  }
}

function readMark(saved: unknown): Mark | undefined {
  return typeof saved === 'object' &&
    saved !== null &&
    'cursor' in saved &&
    typeof saved.cursor === 'string'
    ? {
        cursor: saved.cursor,
        ...('digest' in saved && typeof saved.digest === 'string' ? { digest: saved.digest } : {}),
      }
    : undefined
}

/** A JSON pointer, in which -1 is the last item of a list. */
function at(value: unknown, pointer: string): unknown {
  let here = value
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(here)) here = here.at(Number(key)) as unknown
    else if (typeof here === 'object' && here !== null && Object.hasOwn(here, key))
      here = (here as Readonly<Record<string, unknown>>)[key]
    else return undefined
  }
  return here
}

function textOf(cursor: unknown): string | undefined {
  if (typeof cursor === 'number') return String(cursor)
  return typeof cursor === 'string' && cursor !== '' ? cursor : undefined
}

function refusalOf(host: string, response: Response): Trouble {
  const { status } = response
  const told = Number(response.headers.get('retry-after'))
  const wait = told > 0 ? { waitMs: Math.min(told * 1000, waitMostMs) } : {}
  if (status === 401 || status === 403)
    return new Trouble(
      'misconfigured',
      `${host} 不接受凭据(${status}):请改正 headers 所引用的密钥。`,
      wait,
    )
  if (status >= 300 && status < 400)
    return new Trouble('misconfigured', `${host} 要求跳转(${status}):请把 url 改为直接应答的地址。`)
  if (status === 429)
    return new Trouble('backing-off', `${host} 要求稍候(429),稍后自动重试。`, wait)
  if (status >= 500)
    return new Trouble('backing-off', `${host} 应答 ${status},稍后自动重试。`, wait)
  return new Trouble('misconfigured', `${host} 应答 ${status}:请核对 url 和 headers。`)
}

async function collect(host: string, response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > pageBytes)
      throw new Trouble(
        'misconfigured',
        `${host} 的一页超过 ${pageBytes / 1024 / 1024} MB:请在 url 中要求更小的分页。`,
      )
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
