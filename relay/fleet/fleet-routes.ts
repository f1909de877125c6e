/** The fleet as the console sees it: which screens there are, who is let in, and what they are set to. */
import type { Express, Request } from 'express'
import {
  ApprovePairing,
  type FleetPairing,
  type FleetScreen,
  type FleetScreens,
} from '../../protocol/fleet.ts'
import { ScreenSettings } from '../../protocol/screens.ts'
import { toInstant } from '../../protocol/time.ts'
import type { Audit } from '../audit.ts'
import { addressOf } from '../http/access.ts'
import { createBodies } from '../http/guard.ts'
import { createLockout } from '../http/lockout.ts'
import { Problem } from '../http/problem.ts'
import { cleanText } from '../http/text.ts'
import type { Guard } from '../people/guard.ts'
import { answersFor, type Person } from '../people/person.ts'
import type { FleetDesk } from './desk.ts'
import { foundScreen } from './found-screen.ts'
import type { Lines } from './lines.ts'
import { stateOf } from './presence.ts'
import type { Pairing, Waiting } from './pairing.ts'
import { mistakeIn } from './settings.ts'
import type { Screen, ScreenStore } from './store.ts'

interface Options {
  readonly audit: Audit
  readonly screens: ScreenStore
  readonly pairing: Pairing
  readonly lines: Lines
  readonly desk: FleetDesk
  /** Divisions that have a board. */
  readonly scopes: () => readonly string[]
  readonly now: () => number
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
  readonly guard: Guard
}

export function serveFleet(app: Express, options: Options): void {
  const { audit, screens, pairing, lines, desk, now, guard } = options
  const bodies = createBodies()
  const lockout = createLockout(options.clock)

  function shown(screen: Screen): FleetScreen {
    const { config, madeAt, pairedAt } = screen
    const heard = desk.heard(config.id)
    return {
      screen: config,
      madeAt,
      pairedAt,
      state: stateOf(screen, heard, now()),
      seenAt: heard === undefined ? null : toInstant(heard.atMs),
      beat: heard?.beat ?? null,
    }
  }

  const screenOf = (req: Request, person: Person): Screen =>
    foundScreen(screens, String(req.params['id']), person)

  function checked(asked: ScreenSettings, person: Person): ScreenSettings {
    const { name, group } = asked
    const settings = {
      ...asked,
      name: cleanText(name),
      group: group === null ? null : cleanText(group) || null,
    }
    const mistake = settings.name === '' ? '屏幕要有名称' : mistakeIn(settings, options.scopes())
    if (mistake !== undefined) throw new Problem(422, mistake)
    if (!answersFor(person, settings.scope)) throw new Problem(404, '所在地不归您的账号管辖')
    return settings
  }

  /** Whoever guesses codes is locked out by address. */
  function waitingFor(req: Request): Waiting {
    const address = addressOf(req)
    if (lockout.isLocked(address)) {
      const seconds = lockout.lockedSeconds(address)
      const minutes = Math.ceil(seconds / 60)
      throw new Problem(429, `配对码连错 5 次,请 ${minutes} 分钟后再试`, {
        retryAfterSeconds: seconds,
      })
    }
    const waiting = pairing.look(String(req.params['code']).toUpperCase())
    if (waiting !== undefined) {
      lockout.forgive(address)
      return waiting
    }
    const tries = lockout.miss(address)
    audit.record('screen.refused', address, `no such pairing code, try ${tries}`)
    throw new Problem(404, '没有这个配对码,或已过期:请看屏幕上现在的码')
  }

  app.get(
    '/v1/fleet/screens',
    guard('screens', (_req, res, person) =>
      res.json({
        at: toInstant(now()),
        screens: screens
          .list()
          .filter(({ config }) => answersFor(person, config.scope))
          .map(shown),
      } satisfies FleetScreens),
    ),
  )

  app.get(
    '/v1/fleet/pairings/:code',
    guard('fleet', (req, res) => res.json(waitingFor(req) satisfies FleetPairing)),
  )

  app.post(
    '/v1/fleet/pairings/:code',
    guard('fleet', async (req, res, person) => {
      const asked = await bodies.json(
        req,
        ApprovePairing,
        (path) => `屏幕设置不完整或有误:${path || '/'}`,
      )
      const { userCode } = waitingFor(req)
      const { by } = person
      if ('replaces' in asked) {
        const screen = foundScreen(screens, asked.replaces, person)
        audit.record('screen.approved', by, `${asked.replaces} anew`)
        // The box that was there before is not the one that comes.
        screens.revoke(asked.replaces)
        desk.forget(asked.replaces)
        lines.cut(asked.replaces)
        pairing.approve(userCode, asked.replaces)
        res.json(shown(screen))
        return
      }
      const settings = checked(asked.settings, person)
      const { audience, scope, name } = settings
      audit.record('screen.approved', by, `${name}, ${audience} of ${scope}`)
      const screen = screens.add(settings)
      pairing.approve(userCode, screen.config.id)
      res.status(201).json(shown(screen))
    }),
  )

  app.post(
    '/v1/fleet/pairings/:code/refuse',
    guard('fleet', (req, res, person) => {
      const { userCode, address } = waitingFor(req)
      audit.record('screen.denied', person.by, `a screen at ${address}`)
      pairing.refuse(userCode)
      res.json({})
    }),
  )

  app.post(
    '/v1/fleet/screens/:id',
    guard('fleet', async (req, res, person) => {
      const before = screenOf(req, person)
      const asked = await bodies.json(
        req,
        ScreenSettings,
        (path) => `屏幕设置不完整或有误:${path || '/'}`,
      )
      const settings = checked(asked, person)
      const { id } = before.config
      const { audience, scope, county } = settings
      audit.record('screen.changed', person.by, `${id}, ${audience} of ${scope}`)
      screens.change(id, settings)
      const after = screenOf(req, person)
      const had = before.config
      const hasSameRight = had.audience === audience && had.scope === scope && had.county === county
      // What it may see is decided when it connects.
      if (hasSameRight) desk.configure(after.config)
      else lines.cut(id)
      res.json(shown(after))
    }),
  )

  app.post(
    '/v1/fleet/screens/:id/revoke',
    guard('fleet', (req, res, person) => {
      const { config } = screenOf(req, person)
      audit.record('screen.revoked', person.by, `${config.id} ${config.name}`)
      if (!screens.revoke(config.id)) throw new Problem(422, `${config.name} 没有配对`)
      lines.cut(config.id)
      desk.forget(config.id)
      res.json(shown(screenOf(req, person)))
    }),
  )

  app.post(
    '/v1/fleet/screens/:id/remove',
    guard('fleet', (req, res, person) => {
      const { config } = screenOf(req, person)
      audit.record('screen.removed', person.by, `${config.id} ${config.name}`)
      screens.remove(config.id)
      desk.forget(config.id)
      lines.cut(config.id)
      res.json({})
    }),
  )
}
