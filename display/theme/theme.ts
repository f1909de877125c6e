/** Writes the tokens as CSS variables; import once an entry. */
import tokens from './tokens.json'
import './fonts.ts'
import './base.css'

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

type Name = keyof typeof tokens.color.lcd
type Palette = Readonly<Record<Name, string>>

const lcd = Object.fromEntries(
  Object.entries(tokens.color.lcd).map(([name, token]) => [name, token.$value]),
) as Palette
const led: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(tokens.color.led).flatMap(([name, token]) =>
      typeof token === 'string' ? [] : [[name, token.$value]],
    ),
  ),
  // A fill between black and #14 shows an LED wall's unevenness.
  bannerStale: tokens.color.led.canvas.$value,
  tile: tokens.color.led.canvas.$value,
}
/** Restrained: no red and no gold but the flags' own and the warnings', which are left as they are. */
const mourning: Readonly<Partial<Record<Name, Name>>> = {
  header: 'tile',
  headerTrack: 'divider',
  goldHi: 'textHi',
  gold: 'textMid',
  goldLo: 'border',
  goldLine: 'divider',
  flagMass: 'neutralBar',
  flagHot: 'flag',
}

interface ThemeOptions {
  /** Overrides for LED walls. */
  readonly isLed?: boolean
  /** The colour-blind setting swaps the cloth. */
  readonly isCvd?: boolean
  readonly isMourning?: boolean
  /** A county's own colours. */
  readonly palette?: Readonly<Record<string, string>> | undefined
}

export function paletteOf({ isLed, isCvd, isMourning, palette }: ThemeOptions): Palette {
  const base: Palette = {
    ...lcd,
    ...(isLed === true ? led : {}),
    ...palette,
    ...(isCvd === true ? { flag: tokens.color.cvd.flag.$value } : {}),
  }
  if (isMourning !== true) return base
  return {
    ...base,
    ...Object.fromEntries(Object.entries(mourning).map(([name, as]) => [name, base[as]])),
  }
}

/** Of the theme in force, for what draws on a canvas. */
export let colors: Palette = lcd

export function applyTheme(root: HTMLElement, options: ThemeOptions = {}): void {
  const put = (name: string, value: string) => root.style.setProperty(`--${name}`, value)
  for (const name of Object.keys(options.palette ?? {}))
    if (!(name in lcd))
      console.error(
        `The county file names a colour "${name}" that theme/tokens.json does not have.`,
      )
  colors = paletteOf(options)
  root.dataset['profile'] = options.isLed === true ? 'led' : 'lcd'
  for (const [name, value] of Object.entries(colors)) put(`c-${kebab(name)}`, value)
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
