/** Values of the forms that personal data has, each one of a kind, so that it is seen wherever it gets to. */

const forms: readonly ((number: string) => unknown)[] = [
  (number) => `柰${number}柰`,
  (number) => `110105194912${number}1X`,
  (number) => `1387391${number}`,
  (number) => Number(`87391${number}.25`),
  (number) => ({ wxyz: [{ 甲: `柰${number}柰` }] }),
]
const pattern = /柰(\d{4})柰|110105194912(\d{4})1X|1387391(\d{4})|87391(\d{4})\.25/g

export interface Personal {
  /** A text, an identity number, a mobile number, an amount or a nest of them, by turns. `field` is what is named when it leaks. */
  put(field: string): unknown
  /** The same, always text. */
  text(field: string): string
  /** An amount, always. */
  amount(field: string): number
  readonly size: number
  /** Fields whose values occur in a text, also one with `\u` escapes or percent-encoding. */
  in(text: string): readonly string[]
}

export function createPersonal(): Personal {
  const fields: string[] = []
  const next = (field: string): string => String(fields.push(field) - 1).padStart(4, '0')
  return {
    put(field) {
      const number = next(field)
      return forms[Number(number) % forms.length]?.(number)
    },
    text: (field) => `柰${next(field)}柰`,
    amount: (field) => Number(`87391${next(field)}.25`),
    get size() {
      return fields.length
    },
    in(text) {
      const plain = text.replaceAll('%E6%9F%B0', '柰').replaceAll('\\u67f0', '柰')
      return [
        ...new Set(
          [...plain.matchAll(pattern)].flatMap(([, ...numbers]) => {
            const number = numbers.find((each) => each !== undefined)
            return number === undefined ? [] : (fields[Number(number)] ?? [])
          }),
        ),
      ]
    },
  }
}
