/** Asks a gateway's API. Addresses hold secrets, so no error names one. */
import { OriginError } from '../origin-error.ts'
import type { Gateway } from '../registry/streams-file.ts'
import type { Via } from '../registry/streams-schema.ts'

export interface Wanted {
  readonly group: string
  readonly name: string
  readonly via: Via
  readonly proxy?: string
  readonly signal: AbortSignal
}
/** Where a camera's pictures are now. Throws `OriginError`. */
export type Ask<G extends Gateway> = (gateway: G, wanted: Wanted) => Promise<string>

interface Question {
  readonly url: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** A gateway may have to wake its camera first. */
  readonly patienceMs?: number
}

const MAX_ANSWER_BYTES = 4 * 1024 * 1024

/** Its answer as JSON, also where the status is 401: some say so in both places. Throws `OriginError`. */
export async function askJson(question: Question): Promise<Readonly<Record<string, unknown>>> {
  const { url, query, headers = {}, signal, patienceMs = 10_000 } = question
  const address = new URL(url)
  for (const [name, value] of Object.entries(query ?? {})) address.searchParams.set(name, value)
  let text: string
  let status: number
  try {
    const response = await fetch(address, {
      headers,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    })
    status = response.status
    text = await readText(response)
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === 'TimeoutError'
    throw new OriginError(isLate ? '视频平台没有及时答复' : '视频平台连接不上')
  }
  if (status === 403) throw new OriginError('视频平台拒绝访问')
  if (status >= 400 && status !== 401) throw new OriginError(`视频平台答复 ${status}`)
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return status === 401 ? { code: 401, ...value } : value
  } catch {
    // Said below: what it is instead of JSON is nobody's business.
  }
  throw new OriginError(status === 401 ? '视频平台要求登录或口令不对' : '视频平台的答复不是 JSON')
}

async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES) throw new OriginError('视频平台的答复过大')
    text += decoder.decode(chunk, { stream: true })
  }
  return text
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
