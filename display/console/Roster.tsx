/** The roster of a county from a spreadsheet: first what it would change, then, when told, the change. */
import { useEffect, useState } from 'react'
import { saveFile } from '../parts/save-file.ts'
import { send } from './ask.ts'
import { useDesk } from './desk.ts'
import { DivisionPicker } from './DivisionPicker.tsx'
import { useNow } from './poll.ts'
import { RosterDiff } from './RosterDiff.tsx'
import type { Stage } from './roster-import.ts'
import { homeOf, useSession } from './session.ts'
import { SheetProblems } from './SheetProblems.tsx'

export function Roster() {
  const { roster } = useDesk()
  const { stage } = roster
  const [picked, setPicked] = useState<{ readonly county: string | undefined }>()
  const { me } = useSession()
  const county = picked === undefined ? homeOf(me) : picked.county
  const isBusy = stage.kind === 'checking' || stage.kind === 'applying'
  useEffect(
    function keepFocusOnResult() {
      // The button that was pressed went with its stage.
      if (document.activeElement === document.body) document.getElementById('roster-stage')?.focus()
    },
    [stage],
  )
  return (
    <>
      <div className="head">
        <h2>名册</h2>
      </div>
      <div className="controls">
        <DivisionPicker value={county} onPick={(code) => setPicked({ county: code })} />
        <label className={isBusy || county === undefined ? 'button main off' : 'button main'}>
          选择名册文件(xlsx、csv)
          <input
            type="file"
            accept=".xlsx,.csv"
            aria-disabled={isBusy || county === undefined}
            onClick={(event) => {
              if (isBusy || county === undefined) event.preventDefault()
            }}
            onChange={({ target }) => {
              const file = target.files?.[0]
              // Empty again, so that the same file can be picked once it is mended.
              if (file !== undefined && county !== undefined)
                void roster.check(file, county).finally(() => (target.value = ''))
            }}
          />
        </label>
        <Template />
      </div>
      <section id="roster-stage" aria-label="名册导入" tabIndex={-1}>
        <Shown stage={stage} />
      </section>
    </>
  )
}

function Template() {
  const { token, leave } = useSession()
  const [trouble, setTrouble] = useState<string>()
  async function download(): Promise<void> {
    const answer = await send(token, '/v1/console/roster/template')
    if ('kind' in answer) {
      if (answer.kind === 'out') return leave(answer)
      return setTrouble(answer.sentence)
    }
    setTrouble(undefined)
    saveFile(await answer.blob(), '名册模板.xlsx')
  }
  return (
    <>
      <button onClick={() => void download()}>下载模板</button>
      {trouble !== undefined && <span role="alert">{trouble}</span>}
    </>
  )
}

function Shown({ stage }: { readonly stage: Stage }) {
  switch (stage.kind) {
    case 'empty':
      return (
        <ol className="steps">
          <li>下载模板,每行填一个党组织;模板第 2 行是示例,填写时请删除。</li>
          <li>选择填好的文件:先试运行,列出新增、变更和错误,什么都不写入。</li>
          <li>看清变化后,再按“应用”写入。表中没有的组织保持不变,不会被删除。</li>
        </ol>
      )
    case 'checking':
    case 'applying':
      return <Busy {...stage} />
    case 'failed':
      return (
        <p className="notice bad" role="alert">
          <bdi>{stage.name}</bdi>:{stage.sentence}。没有写入任何内容。
        </p>
      )
    case 'refused':
      return (
        <>
          <p className="notice bad" role="alert">
            <bdi>{stage.name}</bdi>:{stage.wrong.detail}。请在表格中改好,再选一次文件。
          </p>
          <SheetProblems problems={stage.wrong.problems} />
        </>
      )
    case 'compared':
    case 'applied':
      return <RosterDiff stage={stage} />
  }
}

function Busy({ kind, sheet, sinceMs }: Extract<Stage, { readonly sinceMs: number }>) {
  const seconds = Math.max(0, Math.floor((useNow() - sinceMs) / 1_000))
  const doing = kind === 'checking' ? '正在上传并检查' : '正在写入,请不要关闭页面'
  return (
    <div className="notice">
      <p role="status">
        <bdi>{sheet.name}</bdi>({size(sheet.bytes.size)}):{doing}…
      </p>
      <progress aria-label={doing} />
      <p>已用 {seconds} 秒</p>
    </div>
  )
}

const size = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.ceil(bytes / 1_024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`
