import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { adapterOf, adapters } from './registry.ts'

/** Objects of nothing but words. */
const codeTable = /\{\s*(?:'?[\w\u4e00-\u9fff]+'?: '[^']*',?\s*)+\}/g
const notPlatforms = new Set([
  'adapter.ts',
  'dues-standard.ts',
  'fields.ts',
  'reader.ts',
  'registry.ts',
])

test('every file of the folder is in the registry, under its own name', () => {
  const files = readdirSync(new URL('.', import.meta.url))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !notPlatforms.has(name))
    .map((name) => name.slice(0, -'.ts'.length))
  expect(adapters.map((adapter) => adapter.platform).toSorted()).toEqual(files.toSorted())
})

test('the page for engineers names every field and every code of each dialect', () => {
  const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8')
  const sections = read('README.md').split('\n## ')
  for (const { platform, shows } of adapters) {
    const section = sections.find((text) => text.includes(`(\`${platform}\`,`)) ?? ''
    const tables = read(`${platform}.ts`).matchAll(codeTable)
    const codes = [...tables].flatMap(([table]) =>
      [...table.matchAll(/([\w\u4e00-\u9fff]+)'?: '/g)].map(([, code = '']) => code),
    )
    expect(codes.length).toBeGreaterThan(4)
    const words = new Set(section.match(/[\w\u4e00-\u9fff.]+/g))
    const missing = [...shows, ...codes].filter((word) => !words.has(word))
    expect([platform, missing]).toEqual([platform, []])
  }
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
