import { mask } from './redact.ts'

/** Chinese labels and plain ASCII: nothing to clean. Most text is this. */
const plain = /^[\x20-\x7e\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]*$/
const spaces = /[\t\n\r\u2028\u2029]+/g
/**
 * What a wall must never obey: direction overrides and isolates (U+202E turns "12345" into "54321"),
 * zero-width and invisible characters, controls, tags.
 */
const unsafe =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
const loneSurrogates = /\p{Cs}/gu
const longNumber = /\d{11}/
const marks = /(\p{M}{3})\p{M}+/gu

/**
 * A label that is safe to draw: NFC, one line, no invisible or reordering characters, at most 3 combining marks in a row,
 * and no identity or mobile number, which titles carry that were typed in haste.
 */
export function cleanText(text: string): string {
  const drawn = drawable(text)
  return longNumber.test(drawn) ? mask(drawn) : drawn
}

function drawable(text: string): string {
  if (plain.test(text)) return text.trim()
  return text
    .replace(loneSurrogates, '\ufffd')
    .replace(spaces, ' ')
    .replace(unsafe, '')
    .normalize('NFC')
    .replace(marks, '$1')
    .trim()
}
