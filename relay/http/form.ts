import { decodeText } from './parse.ts'
import { Problem } from './problem.ts'

const fieldsMost = 100

/** `application/x-www-form-urlencoded` in UTF-8, each field once, at most 100. Throws 400. */
export function parseForm(bytes: Uint8Array): Readonly<Record<string, string>> {
  const parts = decodeText(bytes).split('&')
  if (parts.length > fieldsMost)
    throw new Problem(
      400,
      `The form has more than ${fieldsMost} fields: send the agreed ones only.`,
    )
  const fields = new Map<string, string>()
  for (const part of parts) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = unescape(equals === -1 ? part : part.slice(0, equals))
    if (fields.has(name))
      throw new Problem(
        400,
        `The form field "${name.slice(0, 40)}" comes twice, and it is unclear which one counts: send it once.`,
      )
    if (name === '__proto__')
      throw new Problem(400, 'The form field "__proto__" is not accepted: remove it.')
    fields.set(name, equals === -1 ? '' : unescape(part.slice(equals + 1)))
  }
  return Object.fromEntries(fields)
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw new Problem(
      400,
      'The form holds a "%" sequence that is not UTF-8: encode its fields as UTF-8 (not GBK) and send it again.',
      { cause },
    )
  }
}
