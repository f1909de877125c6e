/** Writes the tokens as CSS variables; import once an entry. */
import tokens from './tokens.json'
import './fonts.ts'
import './base.css'

/** How much larger type is for readers from 7 m on. */
export const farBy = 1.2

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
  goldLo: 'offline',
  goldLine: 'divider',
  flagMass: 'neutralBar',
  flagHot: 'flag',
}

/** The sizes of type as CSS variables, in the unit of where they are set and so many times as large. */
export function typeOf(by: number): Readonly<Record<string, string>> {
  const sizes = Object.entries(tokens.size.wall).flatMap(([name, value]) =>
    typeof value === 'number' ? [[`--s-${kebab(name)}`, `calc(var(--u) * ${value * by})`]] : [],
  )
  return { ...Object.fromEntries(sizes), '--type': `${by}` }
}

interface ThemeOptions {
  /** Overrides for LED walls. */
  readonly isLed?: boolean
  /** For readers from 7 m on: larger type, and of captions only the ages. */
  readonly isFar?: boolean
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
  root.dataset['density'] = options.isFar === true ? 'far' : 'near'
  for (const [name, value] of Object.entries(colors)) put(`c-${kebab(name)}`, value)
  for (const [name, value] of Object.entries(typeOf(1))) root.style.setProperty(name, value)
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
