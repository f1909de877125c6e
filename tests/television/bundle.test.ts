/** What a television is given has to parse at the floor, Chromium 49: there a single newer word makes a white page. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'acorn'
import { expect, it } from 'vitest'

const built = join(import.meta.dirname, '../../dist/display')
const html = readFileSync(join(built, 'tv.html'), 'utf8')
const files = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, path = '']) => path)
const scripts = [...new Set(files(/(?:src|data-src)="(\/[^"]+\.js)"/g))]
const styles = files(/<link rel="stylesheet" href="([^"]+)"/g)
const read = (path: string) => readFileSync(join(built, path), 'utf8')

it('is one bundle of scripts and styles, in files that are there', () => {
  expect(scripts).toHaveLength(3)
  expect(styles).toHaveLength(1)
  for (const path of [...scripts, ...styles]) expect(existsSync(join(built, path)), path).toBe(true)
  expect(html).not.toMatch(/type="module"|nomodule|<script[^>]*>[^<]/)
  // The other bundle is not left to be found.
  expect(
    readdirSync(join(built, 'assets')).filter((name) => /^tv-(?!legacy|start)/.test(name)),
  ).toEqual([])
})

it.each(scripts)('%s is ES2015', (path) => {
  expect(() => parse(read(path), { ecmaVersion: 2015, sourceType: 'script' })).not.toThrow()
})

it('refuses a bundle that is newer', () => {
  expect(() => parse('a?.b', { ecmaVersion: 2015 })).toThrow()
  expect(() => parse('async () => 1', { ecmaVersion: 2015 })).toThrow()
})

it.each(styles)('%s is laid out by flex and places alone', (path) => {
  const newer =
    /[{;](display: ?(?:inline-)?grid|gap:|row-gap:|column-gap:|inset:|aspect-ratio:|container)|:(?:is|where|has|focus-visible)\(?|[: (](?:min|max|clamp)\(/g
  const own = read(path).replace(/@font-face ?\{[^}]*\}/g, '')
  expect([...own.matchAll(newer)].map(([word]) => word)).toEqual([])
})
