/** Where on the leaders' page one is, kept in the address; and whose part of the tree it shows. */
import { useSyncExternalStore } from 'react'
import { homeOf, useSession } from '../console/session.ts'

export type Page = 'today' | 'warnings' | 'ranking' | 'reviews' | 'branches'
export type Place =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'township' | 'branch'; readonly id: string }

export const pages: readonly {
  readonly page: Page
  readonly char: string
  readonly name: string
}[] = [
  { page: 'today', char: '今', name: '今日' },
  { page: 'warnings', char: '警', name: '预警' },
  { page: 'ranking', char: '榜', name: '排行' },
  { page: 'reviews', char: '审', name: '待审' },
  { page: 'branches', char: '旗', name: '支部' },
]

/** '' where somebody typed a lone %. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return ''
  }
}

/** An address that names nothing known is the first page. */
export function placeAt(hash: string): Place {
  const [, first = '', id = ''] = hash.replace(/^#/, '').split('/')
  const known = decoded(id)
  if ((first === 'township' || first === 'branch') && known !== '')
    return { kind: first, id: known }
  return { kind: 'page', page: pages.find(({ page }) => page === first)?.page ?? 'today' }
}

export const addressOf = (kind: 'township' | 'branch', id: string): string =>
  `#/${kind}/${encodeURIComponent(id)}`

export function usePlace(): Place {
  const hash = useSyncExternalStore(
    (tell) => {
      addEventListener('hashchange', tell)
      return () => removeEventListener('hashchange', tell)
    },
    () => location.hash,
  )
  return placeAt(hash)
}

/** The county's six digits, or the nine of the township that somebody answers for. */
export function useScope(): string {
  const { me } = useSession()
  return me.account?.role === 'township' ? me.account.scope : homeOf(me)
}
