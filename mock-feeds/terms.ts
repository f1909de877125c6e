/** Terms of office in invented rosters. */

/** The plain date on which a term of so many years that ends on `date` began. */
export function yearsBefore(date: string, years: number): string {
  const day = date.slice(4).replace('-02-29', '-02-28')
  return `${Number(date.slice(0, 4)) - years}${day}`
}
