/** Asks the relay as whoever is signed in, and turns every answer into a value or a sentence. */
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** The relay does not take who it is: sign in again, not before `untilMs` where it is locked out. */
export interface Out {
  readonly kind: 'out'
  readonly sentence: string
  readonly untilMs?: number
}
export type Failure =
  Out | { readonly kind: 'failed'; readonly sentence: string; readonly body?: unknown }
export type Answer<T> = { readonly kind: 'ok'; readonly value: T } | Failure

interface Question {
  readonly method?: 'GET' | 'POST'
  readonly json?: unknown
  readonly sheet?: Blob
  /** Nobody asked: a page looks by itself. */
  readonly isPassive?: boolean
}

const patienceMs = 70_000

/** So long after the last key or touch nobody is at the page, and what it asks keeps no session alive. */
const awayMs = 60_000
let touchedMs = Date.now()
for (const kind of ['keydown', 'pointerdown', 'wheel'])
  addEventListener(kind, () => (touchedMs = Date.now()), { passive: true })

/** `token` is empty where a cookie says who it is. */
export async function send(
  token: string,
  path: string,
  { method = 'GET', json, sheet, isPassive = false }: Question = {},
): Promise<Response | Failure> {
  const type = json === undefined ? 'application/octet-stream' : 'application/json'
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(isPassive || Date.now() - touchedMs > awayMs ? { 'x-passive': '1' } : {}),
        ...(method === 'POST' ? { 'content-type': type } : {}),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(sheet === undefined ? {} : { body: sheet }),
      signal: AbortSignal.timeout(patienceMs),
    })
  } catch {
    // A browser does not tell why: no network, no relay, or no answer in time.
    return { kind: 'failed', sentence: '连不上汇聚中心' }
  }
  if (response.ok) return response
  return await failureOf(response, token)
}

async function failureOf(response: Response, token: string): Promise<Failure> {
  const body = (await response.json().catch(() => ({}))) as { readonly detail?: string }
  if (response.status === 401)
    return {
      kind: 'out',
      sentence:
        token === ''
          ? (body.detail ?? '登录已结束')
          : '令牌不对。请核对 DATA_DIR/operator.token 中的内容,连错 5 次将锁定 15 分钟。',
    }
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? 900)
    return {
      kind: 'out',
      sentence: token === '' ? (body.detail ?? '已锁定') : '这台机器连错次数过多,已锁定。',
      untilMs: Date.now() + seconds * 1_000,
    }
  }
  return { kind: 'failed', sentence: body.detail ?? `汇聚中心答复 ${response.status}`, body }
}

export async function ask<S extends TSchema>(
  token: string,
  schema: S,
  path: string,
  question: Question = {},
): Promise<Answer<Static<S>>> {
  const response = await send(token, path, question)
  if ('kind' in response) return response
  const value: unknown = await response.json().catch(() => undefined)
  if (Value.Check(schema, value)) return { kind: 'ok', value }
  return { kind: 'failed', sentence: '汇聚中心的答复与本页面版本不符:请刷新页面' }
}
