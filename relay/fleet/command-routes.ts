/** Telling a screen what to do at once. */
import type { Express } from 'express'
import { FleetCommand } from '../../protocol/fleet.ts'
import type { Audit } from '../audit.ts'
import { createBodies } from '../http/guard.ts'
import { Problem } from '../http/problem.ts'
import { cleanText } from '../http/text.ts'
import type { Guard } from '../people/guard.ts'
import type { FleetDesk } from './desk.ts'
import { foundScreen } from './found-screen.ts'
import type { ScreenStore } from './store.ts'

interface Options {
  readonly audit: Audit
  readonly guard: Guard
  readonly screens: ScreenStore
  readonly desk: FleetDesk
}

export function serveCommands(app: Express, { audit, guard, screens, desk }: Options): void {
  const bodies = createBodies()

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
      const command = asked.do === 'message' ? { ...asked, text: cleanText(asked.text) } : asked
      if (command.do === 'message' && command.text === '') throw new Problem(422, '消息不能为空')
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
