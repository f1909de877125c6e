import { expect, it } from 'vitest'
import { sceneIds } from '../../protocol/county-file.ts'
import { walls } from '../support/gallery.ts'

it('lets a county file set every scene of the rotation, and no other', () => {
  const apart = ['township', 'card']
  const rotating = walls.filter(
    ({ name, county, isBare }) => county === undefined && !isBare && !apart.includes(name),
  )
  expect(sceneIds).toEqual(rotating.map(({ name }) => name))
})
