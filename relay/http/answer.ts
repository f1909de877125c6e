import type { Response } from 'express'

/** A refusal of a page, as RFC 9457: `detail` says what to do. */
export function problem(res: Response, status: number, title: string, detail: string): void {
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail }))
}
