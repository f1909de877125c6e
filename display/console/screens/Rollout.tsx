/** Many screens from a table: what comes back is a table of links, each of which lets one box in once. */
import { useState } from 'react'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { saveFile } from '../../parts/save-file.ts'
import { send } from '../ask.ts'
import { useSession } from '../session.ts'
import { SheetProblems } from '../SheetProblems.tsx'

const Refused = Type.Object({
  detail: Type.String(),
  problems: Type.Array(
    Type.Object({
      row: Type.Integer(),
      column: Type.Union([Type.String(), Type.Null()]),
      sentence: Type.String(),
    }),
  ),
})

const sample =
  '\ufeff名称,所在地,类型,受众,分组,场景,休眠,音量,遥控器\r\n乐大晚村文化广场,枧头镇 乐大晚村,电视,公众,第一批,,22:00-06:30,50,iptv\r\n'

export function Rollout({ onDone }: { readonly onDone: (words: string) => void }) {
  const { token, leave } = useSession()
  const [refused, setRefused] = useState<Static<typeof Refused>>()
  const [isBusy, setBusy] = useState(false)

  async function rollOut(sheet: File): Promise<void> {
    setRefused(undefined)
    setBusy(true)
    const answer = await send(token, '/v1/fleet/roll-out', { method: 'POST', sheet })
    setBusy(false)
    if (!('kind' in answer)) {
      const links = await answer.blob()
      const count = (await links.text()).trim().split('\n').length - 1
      saveFile(links, '屏幕配对链接.csv')
      onDone(`已建立 ${count} 块屏幕,配对链接已下载:每条只能用一次,30 天内有效`)
    } else if (answer.kind === 'out') leave(answer)
    else
      setRefused(
        Value.Check(Refused, answer.body) ? answer.body : { detail: answer.sentence, problems: [] },
      )
  }
  return (
    <section aria-label="批量建屏">
      <div className="controls">
        <label className={isBusy ? 'button off' : 'button'}>
          {isBusy ? '正在建立…' : '批量建屏(csv)'}
          <input
            type="file"
            accept=".csv"
            disabled={isBusy}
            onChange={({ target }) => {
              const file = target.files?.[0]
              // Empty again, so that the same file can be picked once it is mended.
              if (file !== undefined) void rollOut(file).finally(() => (target.value = ''))
            }}
          />
        </label>
        <button
          onClick={() => saveFile(new Blob([sample], { type: 'text/csv' }), '批量建屏模板.csv')}
        >
          下载建屏模板
        </button>
      </div>
      {refused !== undefined && (
        <>
          <p className="notice bad" role="alert">
            {refused.detail}。请在表格中改好,再选一次文件。
          </p>
          {refused.problems.length > 0 && <SheetProblems problems={refused.problems} />}
        </>
      )}
    </section>
  )
}
