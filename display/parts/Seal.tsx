/** 印: one serif character in a square; it needs no colour to be read. */
import './seal.css'

export type SealVariant =
  'gold' | 'silver' | 'yellow' | 'black' | 'done' | 'now' | 'wait' | 'returned'

export function Seal({ char, variant }: { readonly char: string; readonly variant: SealVariant }) {
  return (
    <span className={`seal seal-${variant}`} data-seal={variant}>
      {char}
    </span>
  )
}
