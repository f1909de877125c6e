/** A village's television as a screen of the fleet: let in by its code, set from afar, told and taken over, and let go. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { FleetScreens } from '../../protocol/fleet.ts'
import type { ScreenSettings } from '../../protocol/screens.ts'
import { branchB, smallCounty } from '../support/events.ts'
import { askAsOperator } from '../support/office.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { townshipWall } from '../support/screen-settings.ts'
import { smallOnTelevision, unsafe } from '../support/television.ts'
import { cutOff, textsOf } from '../support/texts.ts'
import { openBrowser, settled } from '../support/wall.ts'

let relay: Relay
let browser: Browser
let box: Page
const complaints: string[] = []
const village = '431128101001'
const television: ScreenSettings = {
  ...townshipWall,
  name: '天地山村电视',
  scope: village,
  audience: 'public',
  profile: 'tv',
  keyMap: { set: 'pc', learned: {} },
}

beforeAll(async () => {
  relay = await startRelay()
  await relay.post(smallCounty())
  browser = await openBrowser()
  const afar = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    extraHTTPHeaders: { 'x-forwarded-for': '10.0.0.9' },
  })
  box = await afar.newPage()
  box.on('pageerror', (error) => complaints.push(String(error)))
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

const ask = (path: string, body?: unknown) => askAsOperator(relay, path, body)
const only = async () =>
  ((await ask('/v1/fleet/screens')) as FleetScreens).screens.find(
    ({ screen }) => screen.name === television.name,
  )

it('shows its code, is let in without a key, and stands in the village that it was given', async () => {
  await box.goto(`${relay.url}/tv`)
  const shown = box.getByTestId('pair-code')
  await shown.waitFor()
  await box.locator('.qr path').waitFor()
  // Nothing else is to be had yet, whatever is pressed.
  await box.keyboard.press('1')
  await box.keyboard.press('1')
  expect(await box.locator('.tv').getAttribute('data-page')).toBe('pairing')
  const code = await shown.getAttribute('data-code')
  await ask(`/v1/fleet/pairings/${code}`, { settings: television })
  await box.getByText('天地山村党群服务中心').waitFor()
  await box.reload()
  await box.getByText('天地山村党群服务中心').waitFor()
  await until('its beat', async () => (await only())?.state === 'online')
  expect((await only())?.beat).toMatchObject({ scene: 'home', width: 1280 })
  expect((await only())?.beat?.build).toMatch(/^tv-legacy-/)
})

it('obeys, and an urgent notice takes it over in its own letters', async () => {
  const { id } = (await only())?.screen ?? { id: '' }
  await ask(`/v1/fleet/screens/${id}/commands`, {
    do: 'message',
    text: '今晚停电检修',
    seconds: 60,
  })
  await box.getByText('今晚停电检修').waitFor()
  const sent = (await ask('/v1/notices', {
    title: '山洪预警',
    text: '请低洼处群众立即转移到高处。',
    from: '县防汛抗旱指挥部',
    minutes: 5,
    target: { kind: 'place', scope: village },
  })) as { readonly id: string }
  await box
    .getByTestId('urgent')
    .getByText('请低洼处群众立即转移到高处。')
    .waitFor({ timeout: 1_000 })
  await settled(box)
  const texts = await textsOf(box)
  expect(unsafe(texts)).toEqual([])
  expect(cutOff(texts)).toEqual([])
  expect(smallOnTelevision(texts, 2.75)).toEqual([])
  await until('that it was seen', async () =>
    JSON.stringify(await ask('/v1/notices')).includes(`"seen":[{"id":"${id}"`),
  )
  await ask(`/v1/notices/${sent.id}/end`, {})
  await box.getByTestId('urgent').waitFor({ state: 'detached' })
})

it('goes dark in the hours in which it is planned to be off, without being loaded anew', async () => {
  const { id } = (await only())?.screen ?? { id: '' }
  const loaded = await box.evaluate(() => performance.timeOrigin)
  await ask(`/v1/fleet/screens/${id}`, { ...television, sleep: { from: '00:00', to: '23:59' } })
  await box.locator('.tv-rest').waitFor()
  await box.keyboard.press('ArrowDown')
  await box.getByText('天地山村党群服务中心').waitFor()
  expect(await box.evaluate(() => performance.timeOrigin)).toBe(loaded)
})

it('asks for a new code once its right is ended', async () => {
  const { id } = (await only())?.screen ?? { id: '' }
  await ask(`/v1/fleet/screens/${id}/revoke`, {})
  await box.getByTestId('pair-code').waitFor()
  expect(complaints).toEqual([])
})

it('needs no code on the relay’s own machine, nor where somebody has chosen the village', async () => {
  const own = await (await browser.newContext()).newPage()
  await own.goto(`${relay.url}/tv`)
  await own.getByText('这台电视在哪个村').waitFor()
  await box.goto(`${relay.url}/tv?village=${branchB}`)
  await box.getByText('天地山村党群服务中心').waitFor()
})
