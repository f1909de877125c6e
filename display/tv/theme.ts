/** Colours and faces as CSS variables, and the unit `--t`, a ninetieth of the picture's height. */
import '@fontsource/noto-serif-sc/700.css'
import '@fontsource/noto-sans-sc/500.css'
import '../theme/figures.css'
import { color, font } from '../theme/tokens.json'
import './tv.css'

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

export function applyTvTheme(
  root: HTMLElement,
  palette: Readonly<Record<string, string>> = {},
): void {
  for (const [name, { $value }] of Object.entries(color.lcd))
    root.style.setProperty(`--c-${kebab(name)}`, palette[name] ?? $value)
  for (const name of ['serif', 'sans', 'display', 'table'] as const)
    root.style.setProperty(
      `--f-${name}`,
      font[name].$value.map((family) => (family.includes(' ') ? `"${family}"` : family)).join(', '),
    )
}

/** A picture of another form than 16:9 is letterboxed. Returns how to stop. */
export function keepUnit(root: HTMLElement): () => void {
  const measure = () =>
    root.style.setProperty('--t', `${Math.min(innerHeight / 90, innerWidth / 160)}px`)
  measure()
  addEventListener('resize', measure)
  return () => removeEventListener('resize', measure)
}
