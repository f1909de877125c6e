/** The system's Chromium, for tests that look at the wall as a person does. */
import { chromium, type Browser } from 'playwright-core'
import { existsSync } from 'node:fs'

export async function launchBrowser(): Promise<Browser> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  )
  if (executablePath === undefined) throw new Error('No Chromium: run "bash .ci/install --tests".')
  return await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  })
}
