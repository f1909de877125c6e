/** A county's sheet on its way in: checked and compared first, and written only when told. */
import { useCallback, useMemo, useState } from 'react'
import { Value } from 'typebox/value'
import { ConsoleRoster, RosterProblems } from '../../protocol/console.ts'
import { ask } from './ask.ts'
import { useSession } from './session.ts'

interface Sheet {
  readonly name: string
  /** Its bytes as they were checked: what is applied is what was looked at, whatever became of the file. */
  readonly bytes: Blob
  readonly county: string
}

export type Stage =
  | { readonly kind: 'empty' }
  | { readonly kind: 'checking' | 'applying'; readonly sheet: Sheet; readonly sinceMs: number }
  | { readonly kind: 'failed'; readonly name: string; readonly sentence: string }
  | { readonly kind: 'refused'; readonly name: string; readonly wrong: RosterProblems }
  | {
      readonly kind: 'compared'
      readonly sheet: Sheet
      readonly diff: ConsoleRoster
      /** Why it could not be written; it may be tried again. */
      readonly trouble?: string
    }
  | { readonly kind: 'applied'; readonly sheet: Sheet; readonly diff: ConsoleRoster }

export interface RosterImport {
  readonly stage: Stage
  readonly check: (file: File, county: string) => Promise<void>
  readonly apply: () => Promise<void>
}

const mostBytes = 16 * 1024 * 1024

/** A sentence where the relay need not be asked. */
function refusalOf({ name, size }: File): string | undefined {
  if (!/\.(xlsx|csv)$/i.test(name)) return '只收 .xlsx 和 .csv:请在表格软件中另存为其中一种'
  if (size === 0) return '文件是空的'
  if (size > mostBytes) return '文件超过 16 MB:请分县导入'
  return undefined
}

export function useRosterImport(): RosterImport {
  const { token, leave } = useSession()
  const [stage, setStage] = useState<Stage>({ kind: 'empty' })

  const post = useCallback(
    (sheet: Sheet, query: string) =>
      ask(token, ConsoleRoster, `/v1/console/roster/${sheet.county}${query}`, {
        method: 'POST',
        sheet: sheet.bytes,
      }),
    [token],
  )

  const check = useCallback(
    async (file: File, county: string): Promise<void> => {
      const { name } = file
      const refusal = refusalOf(file)
      if (refusal !== undefined) return setStage({ kind: 'failed', name, sentence: refusal })
      const bytes = await file.arrayBuffer().catch(() => undefined)
      if (bytes === undefined)
        return setStage({
          kind: 'failed',
          name,
          sentence: '文件读不出来:请关闭占用它的程序,再选一次',
        })
      const sheet = { name, bytes: new Blob([bytes]), county }
      setStage({ kind: 'checking', sheet, sinceMs: Date.now() })
      const answer = await post(sheet, '')
      if (answer.kind === 'out') return leave(answer)
      if (answer.kind === 'ok') setStage({ kind: 'compared', sheet, diff: answer.value })
      else if (Value.Check(RosterProblems, answer.body))
        setStage({ kind: 'refused', name, wrong: answer.body })
      else setStage({ kind: 'failed', name, sentence: answer.sentence })
    },
    [post, leave],
  )

  const apply = useCallback(async (): Promise<void> => {
    if (stage.kind !== 'compared') return
    const { sheet, diff } = stage
    setStage({ kind: 'applying', sheet, sinceMs: Date.now() })
    const answer = await post(sheet, '?apply=yes')
    if (answer.kind === 'out') return leave(answer)
    if (answer.kind === 'ok') setStage({ kind: 'applied', sheet, diff: answer.value })
    else setStage({ kind: 'compared', sheet, diff, trouble: answer.sentence })
  }, [stage, post, leave])

  return useMemo(() => ({ stage, check, apply }), [stage, check, apply])
}
