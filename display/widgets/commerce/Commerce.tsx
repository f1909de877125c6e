/** 乡村产业: what the villages offer, and the newest prices. */
import { useMemo } from 'react'
import type { ListingKind } from '../../../protocol/events-commerce.ts'
import { useTable } from '../../board.ts'
import { Digits } from '../../parts/Digits.tsx'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { ListPages } from '../../parts/ListPages.tsx'
import { ListRow } from '../../parts/ListRow.tsx'
import type { Size } from '../../parts/size.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './commerce.css'

const kinds: readonly {
  readonly kind: ListingKind
  readonly name: string
  readonly unit: string
  readonly measure: 'products' | 'merchants' | 'sights' | 'shops'
}[] = [
  { kind: 'product', name: '一村一品', unit: '种', measure: 'products' },
  { kind: 'merchant', name: '商户', unit: '家', measure: 'merchants' },
  { kind: 'sight', name: '乡村景点', unit: '处', measure: 'sights' },
  { kind: 'shop', name: '电商服务站', unit: '个', measure: 'shops' },
]
const nameOf = new Map(kinds.map(({ kind, name }) => [kind, name]))

/** 12.50, or 12 where there are no 分. */
const yuan = (price: number) => (Number.isInteger(price) ? String(price) : price.toFixed(2))

export function Commerce(size: Size) {
  const prices = useTable('prices')
  const totals = useTable('totals').values().next().value
  const freshness = useFirstFreshness('services', 'organizations')
  const told = useMemo(
    () =>
      kinds.flatMap((each) => {
        const count = totals?.[each.measure] ?? 0
        return count > 0 ? [{ ...each, count }] : []
      }),
    [totals],
  )
  return (
    <Panel
      title="乡村产业"
      note={prices.size === 0 ? '村里有什么' : '最新报价'}
      freshness={freshness}
      testid="commerce"
    >
      {freshness.phase === 'error' ? (
        <Sentence broken title="产业数据中断" next={`报价${freshness.until},恢复后自动显示`} />
      ) : (
        <>
          {told.length > 0 && (
            <dl className="commerce-counts">
              {told.map(({ kind, name, unit, count }) => (
                <div key={kind}>
                  <dt>{name}</dt>
                  <dd>
                    <Digits value={count} delta testid={`commerce-${kind}`} />
                    <span>{unit}</span>
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {prices.size === 0 ? (
            <ol className="commerce-bars" aria-hidden="true">
              {told.map(({ kind, name, count }) => (
                <li key={kind}>
                  <span>{name}</span>
                  <i
                    style={{ scale: `${count / Math.max(...told.map((each) => each.count))} 1` }}
                  />
                </li>
              ))}
            </ol>
          ) : (
            <ListPages
              rows={[...prices.values()]}
              size={size}
              taken={told.length > 0 ? 9 : 0}
              render={({ id, kind, name, price, unit }) => (
                <ListRow key={id} name={name} note={nameOf.get(kind) ?? ''} testid="price">
                  {price === 0 ? (
                    '面议'
                  ) : (
                    <>
                      <b>{yuan(price)}</b> 元{unit === null ? '' : `/${unit}`}
                    </>
                  )}
                </ListRow>
              )}
            />
          )}
        </>
      )}
    </Panel>
  )
}
