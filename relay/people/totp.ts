/** One-time codes of an authenticator: TOTP (RFC 6238) with SHA-1, six digits and 30 s, which every authenticator speaks. */
import { createHmac, randomBytes } from 'node:crypto'

const stepMs = 30_000
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 bits (RFC 4226 §4) in base32. */
export function newTotpSecret(): string {
  return [...randomBytes(32)].map((byte) => letters.charAt(byte % 32)).join('')
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret]
    .map((each) => letters.indexOf(each).toString(2).padStart(5, '0'))
    .join('')
  const bytes = bits.match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}

function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const at = mac.readUInt8(mac.length - 1) & 0xf
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** The code that an authenticator shows at a moment. */
export const totpAt = (secret: string, nowMs: number): string =>
  codeAt(secret, Math.floor(nowMs / stepMs))

/**
 * The step that a code is of, one earlier or later forgiven; undefined where it is of none. Steps up to `usedStep` count no
 * more (RFC 6238 §5.2): whoever reads a code over a shoulder cannot use it again.
 */
export function totpStep(
  secret: string,
  code: string,
  nowMs: number,
  usedStep: number,
): number | undefined {
  const now = Math.floor(nowMs / stepMs)
  return [now - 1, now, now + 1].find((step) => step > usedStep && codeAt(secret, step) === code)
}

/** As authenticators read it (https://github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export function totpUri(secret: string, name: string): string {
  const issuer = encodeURIComponent('红旗墙')
  return `otpauth://totp/${issuer}:${encodeURIComponent(name)}?secret=${secret}&issuer=${issuer}`
}
