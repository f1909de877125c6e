/** 紧急通知: what is on which screens, and sending one. */
import { useCallback, useState } from 'react'
import { SentNotice, SentNotices, type SendNotice, type Target } from '../../../protocol/fleet.ts'
import { Done, Trouble, useActs } from '../act.tsx'
import { ask } from '../ask.ts'
import { Confirm } from '../Confirm.tsx'
import { Heard } from '../Heard.tsx'
import { minuteOf } from '../names.ts'
import { Pager } from '../Pager.tsx'
import { usePoll } from '../poll.ts'
import { nameOf, usePlaces, type Place } from '../screens/places.ts'
import { homeOf, useSession } from '../session.ts'
import { Write } from './Write.tsx'

const titles = ['通知', '发给', '单位', '时间', '已显示', '状态', '操作']

function targetName(target: Target, places: readonly Place[]): string {
  if (target.kind === 'all') return '全部屏幕'
  if (target.kind === 'place') return nameOf(places, target.scope)
  return target.kind === 'screen' ? `屏幕 ${target.id}` : `所选 ${target.ids.length} 块屏幕`
}

export function Notices() {
  const { token, me } = useSession()
  const polled = usePoll(useCallback(() => ask(token, SentNotices, '/v1/notices'), [token]))
  const places = usePlaces(homeOf(me))
  const [isWriting, setWriting] = useState(false)
  const [asked, setAsked] = useState<SendNotice | SentNotice>()
  const { post, trouble, done } = useActs(polled.again)
  const notices = polled.value?.notices ?? []
  const mayAct = me.rights.includes('notices')

  function act(path: string, json: unknown, words: string): void {
    setAsked(undefined)
    void post(SentNotice, `/v1/notices${path}`, json, words)
  }
  const isEnding = asked !== undefined && 'id' in asked
  return (
    <>
      <div className="head">
        <h2>紧急通知</h2>
        <Heard polled={polled} />
      </div>
      {mayAct && (
        <div className="controls">
          <button className="main" onClick={() => setWriting(true)}>
            写通知
          </button>
          <p>一秒内占满屏幕,到时自动结束;谁发、发给谁、何时,都写入审计</p>
        </div>
      )}
      <Trouble of={trouble} />
      <Done words={done} />
      {polled.value !== undefined && notices.length === 0 ? (
        <p className="none">还没有发过紧急通知</p>
      ) : (
        <Pager rows={notices} label="通知一览" titles={titles}>
          {(notice) => (
            <tr key={notice.id} data-testid={`notice-${notice.id}`}>
              <th scope="row">
                <bdi>{notice.title}</bdi>
                <br />
                <small>
                  <bdi>{notice.text}</bdi>
                </small>
              </th>
              <td>{targetName(notice.target, places)}</td>
              <td>{notice.from}</td>
              <td>
                {minuteOf(notice.since)} 至 {notice.until.slice(11, 16)}
              </td>
              <td>
                {notice.seen.length}/{notice.screens} 块
                {notice.others > 0 && <small> 另 {notice.others} 个页面</small>}
              </td>
              <td className={notice.isOn ? 'changed' : 'faint'}>
                {notice.isOn ? '正在显示' : '已结束'}
              </td>
              <td>
                {mayAct && notice.isOn && (
                  <span className="acts">
                    <button
                      data-walk="end"
                      aria-label={`结束 ${notice.title}`}
                      onClick={() => setAsked(notice)}
                    >
                      结束
                    </button>
                  </span>
                )}
              </td>
            </tr>
          )}
        </Pager>
      )}
      {isWriting && (
        <Write
          places={places}
          onAct={(notice) => {
            setWriting(false)
            setAsked(notice)
          }}
          onClose={() => setWriting(false)}
        />
      )}
      {asked !== undefined && (
        <Confirm
          title={
            isEnding
              ? `结束“${asked.title}”?`
              : `向${targetName(asked.target, places)}发“${asked.title}”?`
          }
          act={isEnding ? '结束' : '立即发出'}
          onAct={() =>
            isEnding
              ? act(`/${asked.id}/end`, {}, `已结束“${asked.title}”`)
              : act('', asked, `已发出“${asked.title}”`)
          }
          onClose={() => setAsked(undefined)}
        >
          {isEnding ? '屏幕立即恢复原来的画面。' : '这些屏幕上的画面立即被通知占满。'}
        </Confirm>
      )}
    </>
  )
}
