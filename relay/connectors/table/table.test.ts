import { expect, test } from 'vitest'
import type { ConfigOf } from '../config.ts'
import type { Pulled } from '../connector.ts'
import { createTable, type From, type Server } from './table.ts'

interface OutboxRow {
  readonly id: string
  readonly at?: string
}

/** A table in memory that orders and pages as the databases do. */
function tableOf(rows: OutboxRow[]) {
  const asked: From['kind'][] = []
  const order = (a: OutboxRow, b: OutboxRow) =>
    (a.at ?? '').localeCompare(b.at ?? '') || Number(a.id) - Number(b.id)
  const server: Server = {
    rows(from, limit) {
      asked.push(from.kind)
      const after = rows.toSorted(order).filter((row) => {
        if (from.kind === 'first') return true
        if (from.kind === 'after')
          return (
            order(row, {
              id: from.position.id,
              ...(from.position.updatedAt && { at: from.position.updatedAt }),
            }) > 0
          )
        return Number(row.id) > Number(from.mark.id) - from.overlap
      })
      return Promise.resolve(after.slice(0, limit).map((row) => ({ ...row })))
    },
    waiting: () => Promise.resolve(7),
    close: () => Promise.resolve(),
  }
  return { server, asked }
}

const config = (more: Partial<ConfigOf<'table'>> = {}): ConfigOf<'table'> => ({
  name: 'grid',
  platform: 'xintian',
  kind: 'table',
  server: 'postgresql',
  host: 'h',
  database: 'd',
  user: 'u',
  table: 'outbox',
  mark: { id: 'id' },
  overlap: 10,
  batch: 3,
  ...more,
})
const signal = new AbortController().signal
const idsOf = (pulled: Pulled): readonly string[] =>
  pulled.parcels.map(({ where }) => where.slice(3))

/** Pulls until a round is over; gives the ids that were delivered and the mark. */
async function round(source: ReturnType<typeof createTable>, mark: unknown) {
  const ids: string[] = []
  for (;;) {
    const pulled = await source.pull(mark, signal)
    ids.push(...idsOf(pulled))
    mark = await pulled.settle([])
    if (!pulled.isMore) return { ids, mark }
  }
}

test('rows come in order, batch by batch, and each once', async () => {
  const rows = Array.from({ length: 8 }, (_, index) => ({ id: String(index + 1) }))
  const source = createTable(config(), tableOf(rows).server, () => 0)
  const first = await round(source, undefined)
  expect(first).toEqual({ ids: ['1', '2', '3', '4', '5', '6', '7', '8'], mark: { id: '8' } })
  rows.push({ id: '9' })
  expect(await round(source, first.mark)).toEqual({ ids: ['9'], mark: { id: '9' } })
})

test('a row that was committed behind the mark is delivered, and the mark does not go back', async () => {
  const rows = [{ id: '1' }, { id: '3' }]
  const source = createTable(config(), tableOf(rows).server, () => 0)
  const first = await round(source, undefined)
  rows.push({ id: '2' })
  expect(await round(source, first.mark)).toEqual({ ids: ['2'], mark: { id: '3' } })
  expect(await round(source, first.mark)).toEqual({ ids: [], mark: { id: '3' } })
})

test('after a restart the overlap is read once more, and what lies before it is not', async () => {
  const rows = Array.from({ length: 30 }, (_, index) => ({ id: String(index + 1) }))
  const source = createTable(config(), tableOf(rows).server, () => 0)
  const { ids } = await round(source, { id: '30' })
  expect(ids).toEqual(rows.slice(20).map(({ id }) => id))
})

test('rows that could not be stored are asked for again', async () => {
  const source = createTable(config(), tableOf([{ id: '1' }]).server, () => 0)
  expect(idsOf(await source.pull(undefined, signal))).toEqual(['1'])
  expect(idsOf(await source.pull(undefined, signal))).toEqual(['1'])
})

test('a row that changes comes again under its new time', async () => {
  const rows: OutboxRow[] = [{ id: '1', at: '2026-06-18 09:00:00' }]
  const source = createTable(
    config({ mark: { id: 'id', updatedAt: 'at' }, overlap: 1000 }),
    tableOf(rows).server,
    () => 0,
  )
  const first = await round(source, undefined)
  rows[0] = { id: '1', at: '2026-06-18 09:00:00.5' }
  const second = await round(source, first.mark)
  expect(second).toEqual({ ids: ['1'], mark: { id: '1', updatedAt: '2026-06-18 09:00:00.5' } })
  expect((await round(source, second.mark)).ids).toEqual([])
})

test('while rows wait, the lag is counted, and nothing waits at the end', async () => {
  const rows = Array.from({ length: 4 }, (_, index) => ({ id: String(index + 1) }))
  const source = createTable(config(), tableOf(rows).server, () => 100_000)
  const first = await source.pull(undefined, signal)
  expect(first.lag).toEqual({ rows: 7 })
  const mark: unknown = first.settle([])
  expect((await source.pull(mark, signal)).lag).toEqual({ rows: 0 })
})

test.each([
  [{ mark: { id: 'nr' } }, /表 outbox 没有列 nr,现有列:id。请改正 mark 或 body/],
  [{ body: { a: '{fz}' } }, /表 outbox 没有列 fz,现有列:id/],
])('a column that there is not is told with those that there are', async (more, sentence) => {
  const source = createTable(config(more), tableOf([{ id: '1' }]).server, () => 0)
  await expect(source.pull(undefined, signal)).rejects.toThrow(sentence)
})

test('an id that is no number needs a time beside it', async () => {
  const source = createTable(config(), tableOf([{ id: 'a7' }]).server, () => 0)
  await expect(source.pull(undefined, signal)).rejects.toThrow(/在 mark 中加上 updatedAt/)
})
