/** How a branch is coloured where each is one cell or one line. */
import type { Tier } from '../../protocol/board.ts'

/** From the bottom of the scale to its top. */
export const tierOrder = ['black', 'yellow', 'none', 'silver', 'gold'] as const satisfies Tier[]

export const tierTones: Readonly<
  Record<Tier, { readonly char: string; readonly name: string; readonly color: string }>
> = {
  black: { char: '黑', name: '黑榜', color: 'var(--c-text-hi)' },
  yellow: { char: '黄', name: '黄榜', color: 'var(--c-warn2)' },
  none: { char: '常', name: '常态', color: 'var(--c-flag-mass)' },
  silver: { char: '银', name: '银榜', color: 'var(--c-silver)' },
  gold: { char: '金', name: '金榜', color: 'var(--c-gold)' },
}

export const sealOfTier = {
  black: 'black',
  yellow: 'yellow',
  none: 'wait',
  silver: 'silver',
  gold: 'gold',
} as const satisfies Record<Tier, string>
