/** Telling a screen what to do at once. */
import type { Express } from 'express'
import { FleetCommand, TellGroup, type GroupTold } from '../../protocol/fleet.ts'
import type { Audit } from '../audit.ts'
import { createBodies } from '../http/guard.ts'
import { Problem } from '../http/problem.ts'
import { cleanText } from '../http/text.ts'
import type { Guard } from '../people/guard.ts'
import { isFor, type FleetDesk } from './desk.ts'
import { foundScreen } from './found-screen.ts'
import type { Screen, ScreenStore } from './store.ts'
import { mayTell, whomOf } from './target.ts'

interface Options {
  readonly audit: Audit
  readonly guard: Guard
  readonly screens: ScreenStore
  readonly desk: FleetDesk
}

export function serveCommands(app: Express, { audit, guard, screens, desk }: Options): void {
  const bodies = createBodies()

  /** As it may be shown. Throws `Problem` 422. */
  function cleaned(asked: FleetCommand): FleetCommand {
    if (asked.do !== 'message') return asked
    const text = cleanText(asked.text)
    if (text === '') throw new Problem(422, '消息不能为空')
    return { ...asked, text }
  }
  /** Why it was not done; null where it was. */
  async function tell({ config }: Screen, command: FleetCommand): Promise<string | null> {
    const done = await desk.tell(config.id, command, config.number)
    if (done === undefined) return '不在线,或 3 秒内没有回应'
    return done.ok ? null : (done.detail ?? '没有照做')
  }

  app.post(
    '/v1/fleet/commands',
    guard('fleet', async (req, res, person) => {
      const { target, command: asked } = await bodies.json(
        req,
        TellGroup,
        'target 为全部、一处、一块或至多 500 块屏幕,command 与单块屏幕的相同',
      )
      const command = cleaned(asked)
      if (!mayTell(person, target, screens))
        throw new Problem(404, '没有这个范围或屏幕,或不归您的账号管辖')
      const those = screens
        .list()
        .filter(
          ({ config: { id, scope }, pairedAt }) =>
            pairedAt !== null && isFor(target, { screen: id, place: scope }),
        )
      if (those.length === 0) throw new Problem(422, '这个范围里没有已配对的屏幕')
      audit.record('screen.commanded', person.by, `${whomOf(target)}, ${command.do}`)
      const answers = await Promise.all(
        those.map(async (screen) => ({ screen, why: await tell(screen, command) })),
      )
      const failed = answers.flatMap(({ screen: { config }, why }) =>
        why === null ? [] : [{ id: config.id, name: config.name, why }],
      )
      return res.json({
        asked: those.length,
        done: those.length - failed.length,
        failed,
      } satisfies GroupTold)
    }),
  )

  app.post(
    '/v1/fleet/screens/:id/commands',
    guard('fleet', async (req, res, person) => {
      const id = String(req.params['id'])
      const { config } = foundScreen(screens, id, person)
      const asked = await bodies.json(
        req,
        FleetCommand,
        'do 应为 identify、reload、redirect 或 message:seconds 为 1–600,url 为本中心的 / 开头的地址,text 为 1–80 字',
      )
      const command = cleaned(asked)
      audit.record('screen.commanded', person.by, `${id}, ${command.do}`)
      const done = await desk.tell(id, command, config.number)
      if (done === undefined)
        throw new Problem(503, `${config.name} 不在线,或 3 秒内没有回应`, {
          retryAfterSeconds: 15,
        })
      if (!done.ok) throw new Problem(422, done.detail ?? `${config.name} 没有照做`)
      return res.json({})
    }),
  )
}
