/** Writes the tokens as CSS variables; import once an entry. */
import tokens from './tokens.json'
import './fonts.ts'
import './base.css'

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

export const colors = Object.fromEntries(
  Object.entries(tokens.color.lcd).map(([name, token]) => [name, token.$value]),
) as Readonly<Record<keyof typeof tokens.color.lcd, string>>

const ledColors = Object.entries(tokens.color.led).flatMap(([name, token]) =>
  typeof token === 'string' ? [] : [[name, token.$value] as const],
)

/** profile: 'led' applies the overrides for LED walls, cvd swaps the cloth for the colour-blind setting, a county's own colours come last. */
export function applyTheme(
  root: HTMLElement,
  options: {
    led?: boolean
    cvd?: boolean
    palette?: Readonly<Record<string, string>> | undefined
  } = {},
): void {
  const put = (name: string, value: string) => root.style.setProperty(`--${name}`, value)
  for (const [name, value] of Object.entries(colors)) put(`c-${kebab(name)}`, value)
  if (options.led) for (const [name, value] of ledColors) put(`c-${kebab(name)}`, value)
  if (options.cvd) put('c-flag', tokens.color.cvd.flag.$value)
  for (const [name, value] of Object.entries(options.palette ?? {})) {
    if (name in colors) put(`c-${kebab(name)}`, value)
    else
      console.error(
        `The county file names a colour "${name}" that theme/tokens.json does not have.`,
      )
  }
  for (const [name, value] of Object.entries(tokens.size.wall))
    if (typeof value === 'number') put(`s-${kebab(name)}`, `calc(var(--u) * ${value})`)
  for (const name of ['serif', 'sans', 'display', 'table'] as const)
    put(
      `f-${name}`,
      tokens.font[name].$value
        .map((family) => (family.includes(' ') ? `"${family}"` : family))
        .join(', '),
    )
  for (const [name, value] of Object.entries(tokens.motion.duration)) put(`t-${name}`, value)
  for (const [name, value] of Object.entries(tokens.motion.easing)) put(`e-${name}`, value)
}
