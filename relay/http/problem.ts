import type { ServerResponse } from 'node:http'

const titles = {
  400: 'The body cannot be read',
  401: 'The signature does not hold',
  403: 'Not among your rights',
  404: 'No such platform',
  405: 'Only POST is served here',
  408: 'The body did not arrive in time',
  409: 'Not at that step',
  413: 'The body is too large',
  415: 'This kind of body is not accepted',
  422: 'The event was refused',
  429: 'Too many events',
  503: 'The relay cannot take events at this moment',
} as const
export type ProblemStatus = keyof typeof titles

/** A refusal that its sender can act on: `detail` says what to do. Answered as RFC 9457. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: ProblemStatus
  /** For 429 and 503: seconds until it makes sense to try again. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    status: ProblemStatus,
    detail: string,
    options: { retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, options.cause === undefined ? {} : { cause: options.cause })
    this.status = status
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export function answerProblem(
  res: ServerResponse,
  problem: Problem,
  more: Readonly<Record<string, unknown>> = {},
): void {
  if (res.headersSent || res.destroyed) return
  const { status } = problem
  if (problem.retryAfterSeconds !== undefined)
    res.setHeader('retry-after', String(problem.retryAfterSeconds))
  if (status === 405) res.setHeader('allow', 'POST')
  // The rest of an oversized or stalled body is not worth keeping the connection for.
  if (status === 413 || status === 408) res.setHeader('connection', 'close')
  answerJson(res, status, 'application/problem+json', {
    type: `urn:flagwall:problem:${status}`,
    title: titles[status],
    status,
    detail: problem.message,
    ...more,
  })
}

export function answerJson(
  res: ServerResponse,
  status: number,
  type: string,
  value: unknown,
): void {
  if (res.headersSent || res.destroyed) return
  const text = Buffer.from(JSON.stringify(value))
  res.writeHead(status, {
    'content-type': type,
    'content-length': text.length,
    'cache-control': 'no-store',
  })
  res.end(text)
}
