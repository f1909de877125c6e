/** The doors for a screen that wants to be let in, and for one that asks who it is. Open to everybody. */
import type { Express, Request, Response } from 'express'
import {
  JoinRequest,
  PairPoll,
  PairRequest,
  type PairAnswer,
  type ScreenConfig,
  type WhoAmI,
} from '../../protocol/screens.ts'
import type { Audit } from '../audit.ts'
import { addressOf, screenCookie, type Access } from '../http/access.ts'
import { problem } from '../http/answer.ts'
import { cookieFor } from '../http/cookies.ts'
import { answering, createBodies } from '../http/guard.ts'
import { Problem } from '../http/problem.ts'
import { cleanText } from '../http/text.ts'
import { pairTerms, type Pairing } from './pairing.ts'
import type { ScreenStore } from './store.ts'

interface Options {
  readonly access: Access
  readonly audit: Audit
  readonly screens: ScreenStore
  readonly pairing: Pairing
  /** Of this relay, as another machine reaches it; none where it hears only its own. */
  readonly addresses: () => readonly string[]
}

/** Browsers keep no cookie for longer (RFC 6265bis §4.1.2.2); each start of the page renews it. */
const cookieSeconds = 400 * 24 * 3_600
const heldMost = 64 * 1024

export function servePairing(app: Express, options: Options): void {
  const { access, audit, screens, pairing } = options
  const bodies = createBodies(heldMost)

  /** Where the screen reached this relay others do as well, but for its own machine's name of itself. */
  function originFor(req: Request): string {
    const { host = '' } = req.headers
    const own = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:]+\](:\d{1,5})?$/.test(host)
      ? `${req.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'}://${host}`
      : undefined
    const isItself = /^(localhost|127\.|\[::1\])/.test(host)
    const [reached] = options.addresses()
    return (isItself || own === undefined ? reached : undefined) ?? own ?? 'http://localhost'
  }

  function letIn(req: Request, res: Response, screen: ScreenConfig): void {
    audit.record('screen.paired', addressOf(req), `${screen.id} ${screen.name}`)
    const token = screens.pair(screen.id) ?? ''
    res.append('set-cookie', cookieFor(req, screenCookie, token, cookieSeconds))
    res.json({ state: 'paired', token, screen } satisfies PairAnswer)
  }

  app.post(
    '/v1/pair',
    answering(async (req, res) => {
      const asked = await bodies.json(req, PairRequest, '只收 profile 和 engine 两项')
      const engine = cleanText(asked.engine) || '未知'
      const begun = pairing.begin(addressOf(req), { ...asked, engine })
      if (begun === undefined)
        throw new Problem(429, '等待配对的屏幕太多,请稍后再试', { retryAfterSeconds: 60 })
      const verificationUri = `${originFor(req)}/pair`
      const verificationUriComplete = `${verificationUri}#${begun.userCode}`
      res.status(201).json({ ...begun, ...pairTerms, verificationUri, verificationUriComplete })
    }),
  )

  app.post(
    '/v1/pair/token',
    answering(async (req, res) => {
      const { deviceCode } = await bodies.json(req, PairPoll, '只收 deviceCode 一项')
      const asked = pairing.ask(deviceCode)
      if (asked.state !== 'approved') {
        res.json(asked satisfies PairAnswer)
        return
      }
      const screen = screens.get(asked.screen)?.config
      if (screen === undefined) {
        res.json({ state: 'expired' } satisfies PairAnswer)
        return
      }
      letIn(req, res, screen)
    }),
  )

  app.post(
    '/v1/pair/join',
    answering(async (req, res) => {
      const { ticket } = await bodies.json(req, JoinRequest, '只收 ticket 一项')
      const screen = screens.get(screens.redeem(ticket) ?? '')?.config
      // Nobody guesses 256 bits, so it locks nothing.
      if (screen === undefined)
        throw new Problem(404, '这条配对链接已用过或已过期:请用屏幕上的配对码')
      letIn(req, res, screen)
    }),
  )

  app.get(
    '/v1/screen',
    answering((req, res) => {
      const screen = access.screenOf(req)
      if (screen === 'unpaired') {
        res.append('set-cookie', cookieFor(req, screenCookie, '', 0))
        problem(res, 401, 'Not paired', '这块屏幕的配对已失效,请重新配对')
        return
      }
      const token = access.cookieOf(req)
      if (token !== undefined)
        res.append('set-cookie', cookieFor(req, screenCookie, token, cookieSeconds))
      const { audience } = access.reachOf(req)
      res.json({ screen: screen ?? null, audience } satisfies WhoAmI)
    }),
  )
}
