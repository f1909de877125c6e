/** An operator's page of the console, signed in with the token of the relay's data folder. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import type { Relay } from './relay.ts'

const operatorToken = ({ dataDir }: Pick<Relay, 'dataDir'>): string =>
  readFileSync(join(dataDir, 'operator.token'), 'utf8').trim()

/** What the relay answers its operator. Throws its words where it refuses. */
export async function askAsOperator(relay: Relay, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${relay.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${operatorToken(relay)}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(JSON.stringify(answer))
  return answer
}

export async function openConsole(office: BrowserContext, relay: Relay): Promise<Page> {
  const desk = await office.newPage()
  await desk.goto(`${relay.url}/console`)
  await desk.getByLabel('管理员令牌').fill(operatorToken(relay))
  await desk.keyboard.press('Enter')
  await desk.getByRole('tab', { name: '屏幕' }).waitFor()
  return desk
}
