/** The short address `/pair#BCDFGHJK`, which a screen shows, leads to the page of screens with its code in it. */
import { readCode } from '../../protocol/remote.ts'

/** The code does not stay in the address bar of `/pair`: what is loaded anew is the page of screens. */
export function takeCode(): void {
  const code = readCode(location.hash.slice(1))
  if (location.pathname !== '/pair' && code === null) return
  history.replaceState(null, '', `/console#/screens/${code ?? ''}`)
}
