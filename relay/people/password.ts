/** Passwords: which are strong enough, and how they are kept (scrypt, RFC 7914). */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** 32 MB and some 80 ms a guess. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const
const hashBytes = 32
const shortest = 12

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{N}]/u]

/** A sentence that says what is missing; undefined where it is strong. `name`: of the account. */
export function weakness(password: string, name: string): string | undefined {
  const characters = [...password]
  if (characters.length < shortest) return `密码至少 ${shortest} 个字符`
  if (new Set(characters).size < 6) return '密码至少要有 6 种不同的字符'
  if (password.toLowerCase().includes(name)) return '密码不能含有账号名'
  const used = classes.filter((each) => each.test(password)).length
  if (used < 3 && characters.length < 20)
    return '密码应含大写、小写、数字、符号中的三类,或不少于 20 个字符'
  return undefined
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // NFC: keyboards differ in how they put an accent.
    scrypt(password.normalize('NFC'), salt, hashBytes, cost, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}

/** `scrypt$salt$hash`, both in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt)
  return `scrypt$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

/** Takes as long where there is no `kept`: how long an answer takes tells nobody which accounts there are. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [, salt = '', hash = ''] = (kept ?? '').split('$')
  const given = await derive(password, Buffer.from(salt, 'base64url'))
  const wanted = Buffer.from(hash, 'base64url')
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}
