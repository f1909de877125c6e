/** Townships and villages of a county by name, as far as the relay has a list of them. */
import { useEffect, useState } from 'react'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { CountyFile } from '../../../protocol/county-file.ts'
import { fetchJson } from '../../link.ts'

export interface Place {
  /** 6, 9 or 12 digits. */
  readonly code: string
  readonly name: string
}

const Listed = Type.Array(Type.Object({ code: Type.String(), name: Type.String() }))

async function listOf(path: string): Promise<readonly Place[]> {
  const body = await fetchJson(path)
  return Value.Check(Listed, body) ? body : []
}

async function placesOf(county: string): Promise<readonly Place[]> {
  const file = await fetchJson(`/v1/county/${county}`)
  if (!Value.Check(CountyFile, file)) return []
  const whole = { code: county, name: file.office || file.masthead }
  if (file.map === null) return [whole]
  const [townships, villages] = await Promise.all([
    listOf(`/geo/${file.map}/townships.json`),
    listOf(`/geo/${file.map}/villages.json`),
  ])
  return [whole, ...townships, ...villages]
}

/** The county itself first. Only the county where the lists cannot be had. */
export function usePlaces(county: string): readonly Place[] {
  const [places, setPlaces] = useState<readonly Place[]>([])
  useEffect(
    function readPlaces() {
      let isGone = false
      placesOf(county)
        .catch(() => [{ code: county, name: county }])
        .then((read) => {
          if (!isGone) setPlaces(read)
        })
      return () => {
        isGone = true
      }
    },
    [county],
  )
  return places
}

/** 枧头镇 · 乐大晚村 */
export function nameOf(places: readonly Place[], code: string): string {
  const find = (digits: number) => places.find((place) => place.code === code.slice(0, digits))
  const parts = [9, 12].flatMap((digits) =>
    code.length >= digits ? [find(digits)?.name ?? code.slice(0, digits)] : [],
  )
  return parts.length > 0 ? parts.join(' · ') : (find(6)?.name ?? code)
}
