/** The operator's view of cameras: how each fares, who signed for it, and which stands on which wall. Answers in Chinese. */
import type { Express } from 'express'
import {
  PinCamera,
  SignCamera,
  type ConsoleCamera,
  type ConsoleCameras,
  type ConsoleWalls,
} from '../../protocol/console-cameras.ts'
import { toInstant } from '../../protocol/time.ts'
import type { Audit } from '../audit.ts'
import { createBodies } from '../http/guard.ts'
import { Problem } from '../http/problem.ts'
import { cleanText } from '../http/text.ts'
import type { Guard } from '../people/guard.ts'
import { answersFor, type Person } from '../people/person.ts'
import type { Screens } from '../socket/screens.ts'
import { StreamsError } from '../video/registry/streams-file.ts'
import type { Video } from '../video/start-video.ts'

export interface CameraParts {
  readonly video: Video
  readonly audit: Audit
  readonly now: () => number
  /** Screens begin after pages do. */
  readonly screens: () => Pick<Screens, 'walls' | 'pins'>
  readonly nameOf: (organization: string) => string | undefined
}

const minuteMs = 60_000

export function serveCameras(
  app: Express,
  guard: Guard,
  { video, audit, now, screens, nameOf }: CameraParts,
): void {
  const bodies = createBodies()

  const told = (text: string, what: string): string => {
    const clean = cleanText(text)
    if (clean === '') throw new Problem(422, `${what}不能为空`)
    return clean
  }

  const shown = (each: ReturnType<Video['list']>[number]): ConsoleCamera => {
    const { camera, status, viewers, clearance } = each
    return {
      camera,
      organization: nameOf(camera.organization) ?? null,
      state: status?.state ?? 'direct',
      error: status !== undefined && 'error' in status ? status.error : null,
      viewers,
      clearance:
        clearance === undefined
          ? null
          : { by: clearance.by, at: clearance.at, reason: clearance.reason ?? null },
    }
  }

  const camerasOf = (person: Person) =>
    video.list().filter(({ camera }) => answersFor(person, camera.county))

  app.get(
    '/v1/console/cameras',
    guard('cameras', (_req, res, person) => {
      const { processes, transcodes } = video.stats()
      const limits = video.limits()
      const answer: ConsoleCameras = {
        at: toInstant(now()),
        fault: video.fault() ?? null,
        processes,
        processesMost: limits.processes,
        transcodes,
        transcodesMost: limits.transcodes,
        cameras: camerasOf(person).map(shown),
      }
      return res.json(answer)
    }),
  )

  app.post(
    '/v1/console/cameras/:id/clearance',
    guard('clearances', async (req, res, person) => {
      const id = String(req.params['id'])
      const asked = await bodies.json(
        req,
        SignCamera,
        'isPublic 应为真或假,by 为 1–60 字的姓名,reason 为 1–200 字的理由',
      )
      if (camerasOf(person).every(({ camera }) => camera.id !== id))
        throw new Problem(404, `没有编号为 "${id.slice(0, 64)}" 的信号源`)
      const signature = {
        isPublic: asked.isPublic,
        by: told(asked.by, '姓名'),
        reason: told(asked.reason, '理由'),
        address: person.by,
      }
      try {
        if (!video.sign(id, signature))
          throw new Problem(404, `没有编号为 "${id.slice(0, 64)}" 的信号源`)
      } catch (error) {
        if (error instanceof Problem) throw error
        if (error instanceof StreamsError)
          throw new Problem(503, `streams.yaml 有误,没有写入:${error.message}`, { cause: error })
        const outcome = asked.isPublic ? '没有公开' : '已停止公开,但重启后会恢复原样'
        throw new Problem(503, `写不进磁盘,${outcome}:请检查磁盘空间与权限`, { cause: error })
      }
      const one = video.list().find(({ camera }) => camera.id === id)
      return one === undefined ? res.status(204).end() : res.json(shown(one))
    }),
  )

  const walls = (person: Person): ConsoleWalls => ({
    walls: screens()
      .walls()
      .filter(({ id }) => answersFor(person, id.slice(0, 6))),
    pins: screens()
      .pins.list()
      .filter(({ target }) => answersFor(person, target.slice(0, 6)))
      .map(({ target, camera, by, until }) => ({ target, camera, by, until: toInstant(until) })),
  })

  app.get(
    '/v1/console/walls',
    guard('cameras', (_req, res, person) => res.json(walls(person))),
  )

  app.post(
    '/v1/console/pins',
    guard('pins', async (req, res, person) => {
      const asked = await bodies.json(
        req,
        PinCamera,
        'target 应为 6 位区划代码或其后加 /大屏名,camera 为信号源编号或 null,by 为姓名,minutes 为 1–480',
      )
      const { target, camera, minutes } = asked
      const by = told(asked.by, '姓名')
      if (!answersFor(person, target.slice(0, 6)))
        throw new Problem(404, `${target} 不归您的账号管辖`)
      if (camera === null) {
        audit.record('stream.let-go', person.by, `${target} by ${by}`)
        if (!screens().pins.drop(target)) throw new Problem(404, `${target} 没有定看的信号源`)
      } else {
        if (camerasOf(person).every((each) => each.camera.id !== camera))
          throw new Problem(404, `没有编号为 "${camera}" 的信号源`)
        audit.record('stream.pinned', person.by, `${camera} to ${target} by ${by}`)
        screens().pins.put({ target, camera, by, until: now() + minutes * minuteMs })
      }
      return res.json(walls(person))
    }),
  )
}
