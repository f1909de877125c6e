/**
 * Division codes (GB/T 2260): two digits for the province, two for the prefecture, two for the county.
 * 530000 is a province, 530100 a prefecture in it, 530102 a county in that.
 */

/** Stands above every province. */
export const everywhere = '000000'

/** Whether `code` is `division` or stands above it: 530000 covers 530100 and 530102. */
export function covers(code: string, division: string): boolean {
  return division.startsWith(code.replace(/(00)+$/, ''))
}

/** Whether a place of the organisation tree (county 6 digits, township 9, village 12) lies in another or is it. */
export function within(place: string, scope: string): boolean {
  return scope.length === 6 ? covers(scope, place.slice(0, 6)) : place.startsWith(scope)
}

export function isCounty(division: string): boolean {
  return !division.endsWith('00')
}

/** What stands above a division, nearest first: 530102 → 530100, 530000. */
export function above(division: string): readonly string[] {
  return [`${division.slice(0, 4)}00`, `${division.slice(0, 2)}0000`].filter(
    (code) => code !== division && code !== everywhere,
  )
}
