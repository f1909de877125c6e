import { Problem } from './problem.ts'

const depthMost = 32
/** Characters that the parser quotes before the one that it did not expect. */
const quotedBefore = 10
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Strict JSON: real UTF-8, nested at most 32 deep, no key twice in one object, no `__proto__`. Throws 400. */
export function parseJson(bytes: Uint8Array): unknown {
  return parseJsonText(decodeText(bytes))
}

/** The same for text that is decoded already, such as a field of a form or a column of a table. Throws 400. */
export function parseJsonText(text: string): unknown {
  const keys = scan(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Problem(
      400,
      `The body is not JSON (${placeOf(cause, text)}): send one JSON document.`,
    )
  }
  if (countKeys(value) !== keys)
    throw new Problem(
      400,
      'A key appears twice in one object, and it is unclear which one counts: send each key once.',
    )
  return value
}

/** Where JSON breaks, without the text around it that the parser quotes: a refusal is kept, and that text may be personal. */
function placeOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : ''
  const told = / at position (\d+)/.exec(message)?.[1]
  const quoted = /^Unexpected token .*?, (\.\.\.)?"([^]*)"(?:\.\.\.)? is not valid JSON$/.exec(
    message,
  )
  const [, lead = '', around = '\0'] = quoted ?? []
  const from = text.indexOf(around)
  const at =
    told === undefined ? from + (lead === '' || from === -1 ? 0 : quotedBefore) : Number(told)
  if (at === -1) return 'it ends too early'
  const before = text.slice(0, at).split('\n')
  return `near line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

/** Throws 400 for bytes that are not UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new Problem(
      400,
      'The body is not valid UTF-8: encode it as UTF-8 (not GBK) and send it again.',
      { cause },
    )
  }
}

/**
 * Counts the colons outside strings, which are the keys of well-formed JSON, and refuses deep nesting
 * before `JSON.parse`, which would accept 120,000 nested arrays that nothing after it survives.
 */
function scan(text: string): number {
  let depth = 0
  let colons = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x22) {
      i = endOfString(text, i)
    } else if (c === 0x3a) {
      colons++
    } else if (c === 0x7b || c === 0x5b) {
      if (++depth > depthMost)
        throw new Problem(
          400,
          `The body is nested more than ${depthMost} deep: no event needs that; send flat events.`,
        )
    } else if (c === 0x7d || c === 0x5d) {
      depth--
    }
  }
  return colons
}

/** The index of the quote that closes the string which opens at `start`, or the last index. */
function endOfString(text: string, start: number): number {
  let end = start
  for (;;) {
    end = text.indexOf('"', end + 1)
    if (end === -1) return text.length
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++
    if (slashes % 2 === 0) return end
  }
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) count += countKeys(item)
    return count
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__')
      throw new Problem(400, 'The key "__proto__" is not accepted: remove it.')
    count += 1 + countKeys(inner)
  }
  return count
}
