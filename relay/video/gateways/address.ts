/** How addresses are put together. Pure. */

export const hostOf = (url: string): string => new URL(url).hostname

/** The same server by WebSocket. */
export const onSocket = (url: string): string => url.replace(/^http/, 'ws')

export const besides = (query: Readonly<Record<string, string>>): string =>
  new URLSearchParams(query).toString()

export function withQuery(address: string, query: string | undefined): string {
  if (query === undefined) return address
  return `${address}${address.includes('?') ? '&' : '?'}${query}`
}
