import { expect, it } from 'vitest'
import type { ScreenConfig, WhoAmI } from '../protocol/screens.ts'
import { followRights } from './who.ts'

const screen = { id: 's1', name: '大厅', audience: 'wall' } as ScreenConfig

async function reloadsAfter(reason: string, now: WhoAmI): Promise<number> {
  let reloads = 0
  let hear: (reason: unknown) => void = () => undefined
  followRights(screen, {
    socket: { on: (_name, listener) => (hear = listener) },
    fetchWho: async () => now,
    reload: () => void (reloads += 1),
  })
  hear(reason)
  await Promise.resolve()
  await Promise.resolve()
  return reloads
}

it('loads the page anew when the relay cut the line and the right ended or changed', async () => {
  const cut = 'io server disconnect'
  expect(await reloadsAfter(cut, { screen: null, audience: 'public' })).toBe(1)
  expect(await reloadsAfter(cut, { screen: { ...screen, name: '会议室' }, audience: 'wall' })).toBe(
    1,
  )
})

it('goes on when only the line broke, or the screen is what it was', async () => {
  expect(await reloadsAfter('transport close', { screen: null, audience: 'public' })).toBe(0)
  expect(
    await reloadsAfter('io server disconnect', { screen: { ...screen }, audience: 'wall' }),
  ).toBe(0)
})
