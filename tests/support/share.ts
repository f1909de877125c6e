/** What all tests of a file use: a relay, and a browser in front of it. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { removeDataDir, startRelay, type Relay } from './relay.ts'
import { openBrowser } from './wall.ts'

export interface Shared {
  readonly relay: Relay
  readonly browser: Browser
}

/** Both are there from the file's first hook on, and gone after its last test. */
export function share(): Shared {
  let relay: Relay | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    relay = await startRelay()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await relay?.end()
    if (relay !== undefined) removeDataDir(relay.dataDir)
  })
  const there = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error('nothing is shared before the first hook')
    return one
  }
  return {
    get relay() {
      return there(relay)
    },
    get browser() {
      return there(browser)
    },
  }
}
