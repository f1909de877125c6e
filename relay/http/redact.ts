/**
 * What may be kept of a message that was refused. An operator needs its shape and the values that its dialect agreed on;
 * a name, a phone number or a text that no screen needs must not reach the disk by being refused.
 */

const hidden = '•••'
/** No field that is shown is longer; a longer text is in the wrong place. */
const textMost = 80
const nameMost = 40

/** Identity and mobile numbers, wherever they stand. */
export function mask(text: string): string {
  return text
    .replace(/(?<!\d)\d{17}[\dXx](?!\d)/g, '•'.repeat(18))
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, '•'.repeat(11))
}

/** As JSON. `shows`: names of the fields whose values are kept; everything under another name is hidden. */
export function redacted(message: unknown, shows: ReadonlySet<string>): string {
  return JSON.stringify(inside(message, shows))
}

/** In place of a body that cannot be read, in which nothing can be told apart. */
export function unread(bytes: number): string {
  return bytes === 0 ? '' : `(正文 ${bytes} 字节,无法按报文读取,未保留)`
}

function inside(value: unknown, shows: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => inside(item, shows))
  // What has no name of its own, such as an item of a list, is nothing that was agreed on.
  if (typeof value !== 'object' || value === null) return hidden
  return Object.fromEntries(
    Object.entries(value).map(([name, held]: [string, unknown]) => [
      mask(name.slice(0, nameMost)),
      shows.has(name) ? under(held, shows) : hidden,
    ]),
  )
}

function under(value: unknown, shows: ReadonlySet<string>): unknown {
  if (typeof value === 'object' && value !== null) return inside(value, shows)
  if (typeof value === 'string')
    return value.length > textMost ? `${hidden}(${value.length} 字)` : mask(value)
  return typeof value === 'number' && mask(String(value)) !== String(value) ? hidden : value
}
