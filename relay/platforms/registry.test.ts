import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { adapterOf, adapters } from './registry.ts'

const notPlatforms = new Set(['adapter.ts', 'fields.ts', 'reader.ts', 'registry.ts'])

test('every file of the folder is in the registry, under its own name', () => {
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !notPlatforms.has(name))
    .map((name) => name.slice(0, -'.ts'.length))
  expect(adapters.map((adapter) => adapter.platform).toSorted()).toEqual(files.toSorted())
})

test('a platform is found by its name, a stranger is not', () => {
  expect(adapterOf('xintian')?.platform).toBe('xintian')
  expect(adapterOf('nobody')).toBeUndefined()
})

test('garbage of any shape is refused with a reason by every platform, never thrown', () => {
  const garbage: unknown[] = [
    null,
    undefined,
    1,
    'x',
    [],
    {},
    { list: null },
    { list: [null, 1, 'x', [], {}] },
  ]
  for (const adapter of adapters) {
    for (const body of garbage) {
      const { items } = adapter.read(body)
      expect(items.length).toBeGreaterThan(0)
      for (const item of items) {
        expect(item.ok).toBe(false)
        if (!item.ok) expect(item.reason.length).toBeGreaterThan(6)
      }
    }
  }
})
