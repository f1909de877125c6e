import tokens from '../../theme/tokens.json'

const lcd = tokens.color.lcd
export type Colour = keyof typeof lcd

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** A token's colour as the theme in force has it (LED profile, colour-blind setting), else the LCD value. */
export function colourOf(el: Element, name: Colour): string {
  return (
    getComputedStyle(el)
      .getPropertyValue(`--c-${kebab(name)}`)
      .trim() || lcd[name].$value
  )
}
