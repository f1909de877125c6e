/** 信号源: every camera, how it fares, who signed for it, and on which wall it stands. */
import { useCallback, useState } from 'react'
import type { TSchema } from 'typebox'
import {
  ConsoleCamera,
  ConsoleCameras,
  ConsoleWalls,
  type PinCamera,
  type SignCamera,
} from '../../../protocol/console-cameras.ts'
import { Done, Trouble, useActs } from '../act.tsx'
import { ask } from '../ask.ts'
import { Heads } from '../Heads.tsx'
import { Heard } from '../Heard.tsx'
import { usePoll } from '../poll.ts'
import { useSession } from '../session.ts'
import { walkRows } from '../walk.ts'
import { Pin } from './Pin.tsx'
import { CameraRow } from './Row.tsx'
import { Sign } from './Sign.tsx'
import './cameras.css'

interface Asked {
  readonly act: 'sign' | 'pin'
  readonly of: ConsoleCamera
}

const noWalls: ConsoleWalls = { walls: [], pins: [] }
const titles = ['画面', '信号源', '党组织', '接入', '健康', '播放', '观看', '公开', '操作']

export function Cameras() {
  const { token } = useSession()
  const listed = usePoll(
    useCallback(() => ask(token, ConsoleCameras, '/v1/console/cameras'), [token]),
  )
  const hung = usePoll(useCallback(() => ask(token, ConsoleWalls, '/v1/console/walls'), [token]))
  const [asked, setAsked] = useState<Asked>()
  const { cameras = [], fault = null } = listed.value ?? {}
  const walls = hung.value ?? noWalls
  const ill = cameras.filter(({ camera }) =>
    ['dark', 'frozen', 'lost'].includes(camera.health.state),
  )

  const { post, trouble, done } = useActs(() => {
    listed.again()
    hung.again()
  })
  function act(schema: TSchema, path: string, json: unknown, words: string): void {
    setAsked(undefined)
    void post(schema, `/v1/console/${path}`, json, words)
  }
  const sign = ({ camera: { id, title } }: ConsoleCamera, signature: SignCamera) =>
    act(
      ConsoleCamera,
      `cameras/${id}/clearance`,
      signature,
      signature.isPublic ? `${title} 已公开` : `${title} 已停止公开`,
    )
  const pin = ({ camera: { title } }: ConsoleCamera, pinned: PinCamera) =>
    act(
      ConsoleWalls,
      'pins',
      pinned,
      pinned.camera === null ? `${title} 已下墙` : `${title} 已上墙`,
    )

  return (
    <>
      <div className="head">
        <h2>信号源</h2>
        <Heard polled={listed} />
      </div>
      {listed.value !== undefined && (
        <p className="counts">
          共 {cameras.length} 路,公开 {cameras.filter(({ clearance }) => clearance !== null).length}{' '}
          路,异常 {ill.length} 路;拉流 {listed.value.processes}/{listed.value.processesMost},转码{' '}
          {listed.value.transcodes}/{listed.value.transcodesMost}
        </p>
      )}
      {fault !== null && (
        <p className="notice bad" role="alert">
          streams.yaml 有误,仍按原来的运行:{fault}
        </p>
      )}
      <Trouble of={trouble} />
      <Done words={done} />
      <div
        className="sheet cameras"
        role="region"
        aria-label="信号源一览"
        tabIndex={0}
        onKeyDown={walkRows}
      >
        <table>
          <Heads titles={titles} />
          <tbody>
            {cameras.map((each) => (
              <CameraRow
                key={each.camera.id}
                of={each}
                pins={walls.pins.filter(({ camera }) => camera === each.camera.id)}
                onSign={() => setAsked({ act: 'sign', of: each })}
                onPin={() => setAsked({ act: 'pin', of: each })}
              />
            ))}
          </tbody>
        </table>
        {listed.value !== undefined && cameras.length === 0 && (
          <p className="none">还没有信号源:写在 DATA_DIR/streams.yaml 中,改后自动出现在这里</p>
        )}
      </div>
      {asked?.act === 'sign' && (
        <Sign
          of={asked.of}
          onAct={(signature) => sign(asked.of, signature)}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked?.act === 'pin' && (
        <Pin
          of={asked.of}
          walls={walls}
          onAct={(pinned) => pin(asked.of, pinned)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}
