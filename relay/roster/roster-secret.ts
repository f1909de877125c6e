/** The key with which imports are signed: the county's newest valid one, or a new one. */
import { isValid, makeKey, readKeys } from '../keys/store.ts'
import { rosterPlatform } from './deliver-roster.ts'

/** `whsec_…`; `by` is for the audit, where a key has to be made. */
export function rosterSecret(dataDir: string, county: string, nowMs: number, by?: string): string {
  const key = readKeys(dataDir).findLast(
    (each) =>
      each.platform === rosterPlatform && isValid(each, nowMs) && each.counties.includes(county),
  )
  return (key ?? makeKey(dataDir, rosterPlatform, [county], nowMs, by)).secret
}
