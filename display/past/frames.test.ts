import { expect, test } from 'vitest'
import { linesOf } from './frames.ts'

async function* of(...chunks: string[]): AsyncGenerator<string> {
  for (const chunk of chunks) yield await Promise.resolve(chunk)
}

async function all(chunks: AsyncIterable<string>): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of linesOf(chunks)) lines.push(line)
  return lines
}

test('a line is whole wherever the network cut it', async () => {
  expect(await all(of('{"a":1}\n{"b"', ':2}', '\n{"c":3}\n'))).toEqual([
    '{"a":1}',
    '{"b":2}',
    '{"c":3}',
  ])
  expect(await all(of('{"a":1}'))).toEqual(['{"a":1}'])
})
