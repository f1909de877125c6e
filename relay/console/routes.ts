/** The operator's view: what it reads, and the three things that it may change. Answers in Chinese, as its reader is at a page. */
import type { Express, Request } from 'express'
import { MakeKey } from '../../protocol/console.ts'
import { toInstant } from '../../protocol/time.ts'
import type { Act } from '../audit.ts'
import type { Health } from '../connectors/health.ts'
import { createBodies } from '../http/guard.ts'
import { Problem } from '../http/problem.ts'
import type { Hub } from '../hub.ts'
import { isValid, makeKey, readKeys, revokeKey, rotateKey, type Key } from '../keys/store.ts'
import type { Rules } from '../rules-file.ts'
import type { Guard } from '../people/guard.ts'
import { answersFor, type Person } from '../people/person.ts'
import { platformsOf, shownKey } from './platforms.ts'
import { serveCameras, type CameraParts } from './cameras.ts'
import { checkSheet, shownDiff, templateFile, writeSheet } from './roster.ts'
import { shownRules } from './rules.ts'
import type { Traffic } from './traffic.ts'

export interface ConsoleParts {
  readonly traffic: Traffic
  readonly dataDir: string
  readonly rules: Rules
  /** What each platform with an adapter speaks for. */
  readonly divisions: ReadonlyMap<string, readonly string[]>
  readonly countRefusals: () => ReadonlyMap<string, number>
}

interface Surroundings extends ConsoleParts, Omit<CameraParts, 'audit' | 'now'> {
  readonly hub: Hub
  readonly audit: { record(act: Act, by: string, about: string): void }
  readonly geoDir: string
  readonly now: () => number
  readonly listConnectors: () => readonly Health[]
  readonly guard: Guard
}

const sheetBytes = 16 * 1024 * 1024
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const sheetTypes: readonly string[] = [xlsx, 'text/csv', 'application/octet-stream']

export function serveConsole(app: Express, parts: Surroundings): void {
  const { hub, audit, now, dataDir, guard } = parts
  const bodies = createBodies(4 * sheetBytes)

  const countyOf = (req: Request, person: Person): string => {
    const county = String(req.params['county'])
    if (!/^\d{6}$/.test(county))
      throw new Problem(404, `县代码 "${county.slice(0, 20)}" 应为 6 位数字`)
    if (!answersFor(person, county)) throw new Problem(404, `${county} 不归您的账号管辖`)
    return county
  }
  const withSecret = (key: Key) => ({
    platform: key.platform,
    key: shownKey(key, now()),
    secret: key.secret,
  })

  app.get(
    '/v1/console/platforms',
    guard('platforms', (_req, res) =>
      res.json({
        at: toInstant(now()),
        startedAt: toInstant(parts.traffic.startedMs),
        home: hub.home,
        platforms: platformsOf({
          nowMs: now(),
          traffic: parts.traffic,
          keys: readKeys(dataDir),
          divisions: parts.divisions,
          sources: hub.sources(),
          connectors: parts.listConnectors(),
          refused: parts.countRefusals(),
        }),
      }),
    ),
  )

  app.post(
    '/v1/console/keys',
    guard('keys', async (req, res, person) => {
      const asked = await bodies.json(req, MakeKey, (path) => {
        const where = path.startsWith('/counties')
          ? 'counties 应为 1–200 个 6 位区划代码'
          : 'platform 应为小写字母开头的 1–32 位小写字母、数字或 -'
        return `${where};只收 platform 和 counties 两项`
      })
      const key = makeKey(dataDir, asked.platform, asked.counties, now(), person.by)
      res.status(201).json(withSecret(key))
    }),
  )

  app.post(
    '/v1/console/keys/:platform/rotate',
    guard('keys', (req, res, person) => {
      const platform = String(req.params['platform'])
      const isKnown = readKeys(dataDir).some(
        (key) => key.platform === platform && isValid(key, now()),
      )
      if (!isKnown)
        throw new Problem(404, `平台 "${platform.slice(0, 40)}" 没有有效的密钥可更换,请新建`)
      res.status(201).json(withSecret(rotateKey(dataDir, platform, now(), person.by)))
    }),
  )

  app.post(
    '/v1/console/keys/:id/revoke',
    guard('keys', (req, res, person) => {
      const id = String(req.params['id'])
      const known = readKeys(dataDir).find((key) => key.id === id)
      if (known === undefined) throw new Problem(404, `没有编号为 "${id.slice(0, 80)}" 的密钥`)
      if (known.revokedAt !== undefined)
        throw new Problem(422, `密钥 ${id} 已于 ${known.revokedAt} 作废`)
      const key = revokeKey(dataDir, id, now(), person.by)
      res.json({ platform: key.platform, key: shownKey(key, now()) })
    }),
  )

  app.get(
    '/v1/console/roster/template',
    guard('roster', async (_req, res) => {
      const name = encodeURIComponent('名册模板.xlsx')
      res.set('content-disposition', `attachment; filename*=UTF-8''${name}`)
      res.type(xlsx).send(await templateFile())
    }),
  )

  app.post(
    '/v1/console/roster/:county',
    guard('roster', async (req, res, person) => {
      const county = countyOf(req, person)
      const { apply } = req.query
      if (apply !== undefined && apply !== 'yes') throw new Problem(400, 'apply 只能为 yes')
      const bytes = await bodies.bytes(req, sheetTypes, sheetBytes)
      const folders = { county, dataDir, geoDir: parts.geoDir }
      // The comparison tells names that are recorded, so a dry run leaves a line as well.
      audit.record(apply === 'yes' ? 'roster.applied' : 'roster.checked', person.by, county)
      const checked = await checkSheet(bytes, hub.roster(county), folders)
      if (checked.problems !== undefined) {
        const detail = `发现 ${checked.problems.length} 处问题,没有写入`
        const { problems } = checked
        res
          .status(422)
          .type('application/problem+json')
          .send(
            JSON.stringify({
              type: 'about:blank',
              title: 'Refused',
              status: 422,
              detail,
              problems,
            }),
          )
        return
      }
      const shown = shownDiff(checked.diff, checked.divisions)
      if (apply === undefined) return res.json(shown)
      const to = { url: ownUrl(req), by: person.by, nowMs: now(), ...folders }
      return res.json({ ...shown, written: await writeSheet(checked.diff, to) })
    }),
  )

  serveCameras(app, guard, parts)

  app.get(
    '/v1/console/rules/:county',
    guard('rules', (req, res, person) => {
      const county = countyOf(req, person)
      res.json(shownRules(county, parts.rules.of(county)))
    }),
  )
}

/** Where this request came in, from this machine: the Host header is the sender's word and is not used. */
function ownUrl(req: Request): string {
  const { localAddress = '127.0.0.1', localPort } = req.socket
  return `http://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
}
