/** The outlines of a county, as files of the relay. */
import { useEffect, useState } from 'react'
import type { Geo } from '../canvas/map/geometry.ts'

const files = ['county.geojson', 'townships.approx.geojson'] as const
const retryMs = 10_000
/** Those that came: a scene whose turn comes while the relay is gone has its map all the same. */
const known = new Map<string, Geo>()

/** The outlines of a folder of `/geo`; null until they have come, and where there is none. */
export function useGeo(map: string | null): Geo | null {
  const [geo, setGeo] = useState<Geo | null>(map === null ? null : (known.get(map) ?? null))
  useEffect(
    function loadGeo() {
      if (map === null) return
      const before = known.get(map)
      if (before !== undefined) {
        setGeo(before)
        return
      }
      let isGone = false
      let retry: ReturnType<typeof setTimeout> | undefined
      const load = async () => {
        try {
          const [county, townships] = await Promise.all(
            files.map(async (file) => {
              const response = await fetch(`/geo/${map}/${file}`)
              if (!response.ok) throw new Error(`${file} answered ${response.status}`)
              return (await response.json()) as Geo['county']
            }),
          )
          if (county === undefined || townships === undefined) return
          known.set(map, { county, townships })
          if (!isGone) setGeo({ county, townships })
        } catch {
          // The relay may be restarting: the outline is asked for again.
          if (!isGone) retry = setTimeout(() => void load(), retryMs)
        }
      }
      void load()
      return () => {
        isGone = true
        clearTimeout(retry)
      }
    },
    [map],
  )
  return geo
}
