/** How many pictures a machine decodes at once: the large ones first, and the others show their stills until it is their turn. */
import { useEffect, useState } from 'react'
import { readDecoders } from '../settings.ts'

/** Two cores without a GPU decode twelve small pictures and drop fewer than two in a hundred; phones and tablets have a battery. */
const most = { phone: 1, tablet: 2, wall: 12 } as const
const widestPx = { phone: 700, tablet: 1_200 } as const

function mostHere(): number {
  const told = readDecoders(location.search)
  if (told !== null) return told
  if (innerWidth <= widestPx.phone) return most.phone
  return innerWidth <= widestPx.tablet ? most.tablet : most.wall
}

interface Claim {
  readonly isLarge: boolean
  grant(isGranted: boolean): void
}

export interface Decoders {
  /** Tells at once, and whenever it changes, whether the claim may decode; returns how to give it back. */
  claim(claim: Claim): () => void
}

/** The newest of the large ones goes before all, of the small ones the oldest: what is on keeps its picture. */
export function createDecoders(count: () => number): Decoders {
  let claims: readonly Claim[] = []
  const granted = new Map<Claim, boolean>()

  function share(): void {
    const order = [
      ...claims.filter(({ isLarge }) => isLarge).toReversed(),
      ...claims.filter(({ isLarge }) => !isLarge),
    ]
    const may = new Set(order.slice(0, count()))
    // Those that lose theirs first: there are never more at work than there may be.
    for (const isGrant of [false, true])
      for (const claim of order) {
        if (may.has(claim) !== isGrant || granted.get(claim) === isGrant) continue
        granted.set(claim, isGrant)
        claim.grant(isGrant)
      }
  }

  return {
    claim(claim) {
      claims = [...claims, claim]
      share()
      return () => {
        claims = claims.filter((each) => each !== claim)
        granted.delete(claim)
        share()
      }
    },
  }
}

const decoders = createDecoders(mostHere)

/** Whether the caller may decode now; null while it asks for none, and until it was answered. */
export function useDecoder(isWanted: boolean, isLarge: boolean): boolean | null {
  const [isGranted, grant] = useState<boolean | null>(null)
  useEffect(
    function claimDecoder() {
      if (!isWanted) return
      const giveBack = decoders.claim({ isLarge, grant })
      return () => {
        giveBack()
        grant(null)
      }
    },
    [isWanted, isLarge],
  )
  return isGranted
}
