/** Whose wall this is: the county file that the relay serves. `?county=511403` is the wall of another division, `?visit=` a look at one. */
import { createContext, useContext } from 'react'
import type { CountyFile } from '../protocol/county-file.ts'
import { fetchJson } from './link.ts'

const retryMs = 3_000

/** The address of another division, looked at for a while from this one. */
export function visitOf(code: string): string {
  const query = new URLSearchParams(location.search)
  query.set('visit', code)
  return `/?${query}`
}

/** The address without the visit; null where this is none. */
export function homeOf(): string | null {
  const query = new URLSearchParams(location.search)
  if (!query.has('visit')) return null
  query.delete('visit')
  return `/?${query}`
}

/** The division that the address names for this wall, whatever it visits. */
export function ownCode(): string | null {
  return new URLSearchParams(location.search).get('county')
}

/** Asks until the relay answers; a code that is none ends as the relay's own wall. */
export async function fetchCountyFile(code: string | null): Promise<CountyFile> {
  const path = code !== null && /^\d{6}$/.test(code) ? `/v1/county/${code}` : '/v1/county'
  for (;;) {
    try {
      return (await fetchJson(path)) as CountyFile
    } catch {
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }
}

const CountyFileContext = createContext<CountyFile | null>(null)
export const CountyFileProvider = CountyFileContext.Provider

export function useCountyFile(): CountyFile {
  const file = useContext(CountyFileContext)
  if (file === null) throw new Error('No CountyFileProvider above')
  return file
}
