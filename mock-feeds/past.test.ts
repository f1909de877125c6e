import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayMs, dayStartMs } from '../protocol/time.ts'
import { fileCursor } from './cursor.ts'
import { countyEvents, makeCounty } from './platforms/xintian-county.ts'
import { eventsBetween } from './platforms/xintian-day.ts'
import { write } from './platforms/xintian.ts'
import { resumeAt, sendPast } from './past.ts'
import type { Sender } from './send.ts'

const asOf = '2026-06-18'
const atMs = dayStartMs(asOf) + dayMs / 2
const fromMs = atMs - dayMs
const seed = 1

/** Knows messages by their id, as the relay does. */
function relayLike(before: Iterable<string> = []) {
  const known = new Set(before)
  const sender: Sender = {
    send(messages) {
      let accepted = 0
      for (const { msgId } of messages as readonly { msgId: string }[]) {
        if (!known.has(msgId)) accepted += 1
        known.add(msgId)
      }
      return Promise.resolve({ accepted, duplicate: messages.length - accepted, rejected: 0 })
    },
  }
  return { known, sender }
}

describe('a feed that starts again', { timeout: 30_000 }, () => {
  const told = { seed, asOf, fromMs, doneMs: atMs }
  const whole = relayLike()
  /** Before which time nothing was missing, and the ids known then, after each delivery. */
  const steps: { readonly upToMs: number; readonly ids: readonly string[] }[] = []

  beforeAll(async () => {
    const onSent = (_sent: number, upToMs: number) =>
      void steps.push({ upToMs, ids: [...whole.known] })
    const county = makeCounty({ seed, asOf })
    // Without what a branch did in the months before, which takes seconds to make up.
    const events = [...countyEvents(county, fromMs), ...eventsBetween(county, fromMs, atMs, seed)]
    const log = () => undefined
    await sendPast({ sender: whole.sender, events, fromMs, toMs: atMs, log, onSent })
  }, 30_000)

  it('goes on where it ended the day before, when the relay knows what it was told', async () => {
    const { sender, known } = relayLike(whole.known)
    const tomorrow = { seed, fromMs: fromMs + dayMs, atMs: atMs + dayMs }
    expect(await resumeAt(told, tomorrow, sender)).toBe(atMs)
    expect(known.size).toBe(whole.known.size)
  })

  it('goes on from the middle of a past that was cut off, and misses nothing', async () => {
    const cut = steps.find(({ upToMs }) => upToMs > fromMs && upToMs < atMs)
    if (cut === undefined) throw new Error('the past went out in one piece')
    const { sender, known } = relayLike(cut.ids)
    const from = await resumeAt({ ...told, doneMs: cut.upToMs }, { seed, fromMs, atMs }, sender)
    expect(from).toBe(cut.upToMs)
    const rest = eventsBetween(makeCounty({ seed, asOf }), cut.upToMs, atMs, seed)
    await sender.send([...rest].map(write))
    expect(known).toEqual(whole.known)
  })

  it('tells everything again to a log that was emptied', async () => {
    expect(await resumeAt(told, { seed, fromMs, atMs }, relayLike().sender)).toBeUndefined()
  })

  it('tells everything again for another county, or for more days than it told before', async () => {
    const { sender } = relayLike(whole.known)
    expect(await resumeAt(told, { seed: 2, fromMs, atMs }, sender)).toBeUndefined()
    const longer = { seed, fromMs: fromMs - 30 * dayMs, atMs }
    expect(await resumeAt(told, longer, sender)).toBeUndefined()
  })
})

describe('the place where a feed remembers how far it got', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cursor-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('holds the last position, and nothing when it is torn', () => {
    const file = join(folder, 'feed.json')
    const cursor = fileCursor(file)
    expect(cursor.read()).toBeUndefined()
    cursor.write({ seed, asOf, fromMs, doneMs: atMs })
    expect(cursor.read()).toEqual({ seed, asOf, fromMs, doneMs: atMs })
    for (const torn of ['{"seed":1,"asOf":', '{"seed":1}', '[]', 'null']) {
      writeFileSync(file, torn)
      expect(cursor.read(), torn).toBeUndefined()
    }
  })
})
