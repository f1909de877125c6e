/** Rural commerce and coverage: what villages offer, and which places a platform reaches. */
import { Type, type Static } from 'typebox'
import { Count, Id, oneOf, strict, Text, TownshipCode } from './fields.ts'

/** `product` 一村一品, `merchant` 商户, `sight` 乡村旅游景点, `shop` 电商服务站. */
export const ListingKind = oneOf('product', 'merchant', 'sight', 'shop')
export type ListingKind = Static<typeof ListingKind>

export const commerceData = {
  'commerce.listed': Type.Object(
    {
      listing: Id,
      kind: ListingKind,
      name: Text(40),
      /** Yuan for one `unit`. */
      price: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000_000 })),
      unit: Type.Optional(Text(10)),
    },
    strict,
  ),
  'commerce.delisted': Type.Object({ listing: Id }, strict),
  /** How many townships and villages a division has: what coverage is a share of; absolute. Subject: the division. */
  'divisions.counted': Type.Object({ townships: Count, villages: Count }, strict),
  /** Subject: the village's code. `isPoor`: registered as poor (建档立卡); `isCovered`: the platform reaches it. */
  'village.recorded': Type.Object(
    {
      name: Text(40),
      township: Type.Optional(TownshipCode),
      isPoor: Type.Boolean(),
      isCovered: Type.Boolean(),
    },
    strict,
  ),
} as const
