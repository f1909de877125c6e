/** The map of tiles under this county's outline, as its county file names it. */
import { useMemo } from 'react'
import type { Ground } from '../canvas/map/land-paths.ts'
import { useCountyFile } from '../county.ts'

export function useGround(): Ground | null {
  const { code, basemap } = useCountyFile()
  return useMemo(
    () => (basemap === undefined ? null : { ...basemap, address: `/v1/basemap/${code}` }),
    [code, basemap],
  )
}

/** What is said of a map's sources beside it. */
export function groundWords(ground: Ground | null): string {
  return ground === null ? '' : `底图 ${ground.credit},`
}
