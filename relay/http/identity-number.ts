import { isRealDate } from '../../protocol/time.ts'

const form = /^[1-9]\d{16}[\dX]$/
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** A citizen's identity number by GB 11643: a place, a day of birth that was, and a check digit that holds. */
export function isIdentityNumber(value: unknown): boolean {
  if (typeof value !== 'string' || value.length !== 18 || !form.test(value)) return false
  const [year, month, day] = [value.slice(6, 10), value.slice(10, 12), value.slice(12, 14)]
  if (year < '1900' || year > '2100' || !isRealDate(`${year}-${month}-${day}`)) return false
  const sum = weights.reduce((total, weight, at) => total + weight * Number(value[at]), 0)
  return checks[sum % 11] === value[17]
}
