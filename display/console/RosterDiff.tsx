/** What a sheet changes, list by list, and the button that writes it; afterwards what was written. */
import { useState } from 'react'
import type { ConsoleRoster } from '../../protocol/console.ts'
import { useDesk } from './desk.ts'
import { Pager } from './Pager.tsx'
import type { Stage } from './roster-import.ts'

type Row = ConsoleRoster['differences'][number]
const lists = { new: '新增', changed: '变更', missing: '表中没有' } as const
type List = keyof typeof lists

interface Props {
  readonly stage: Extract<Stage, { readonly diff: ConsoleRoster }>
}

export function RosterDiff({ stage }: Props) {
  const { apply } = useDesk().roster
  const { diff, sheet } = stage
  const rows = {
    new: diff.differences.filter(({ kind }) => kind === 'new'),
    changed: diff.differences.filter(({ kind }) => kind === 'changed'),
    missing: diff.missing,
  }
  const first = rows.changed.length > 0 ? 'changed' : rows.new.length > 0 ? 'new' : 'missing'
  const [list, setList] = useState<List>(first)
  const counts = `新增 ${rows.new.length} 个、变更 ${rows.changed.length} 个`
  const isSame = diff.differences.length === 0
  return (
    <>
      <div className={stage.kind === 'applied' ? 'notice good' : 'notice'}>
        <p role="status">
          <bdi>{sheet.name}</bdi> → {sheet.county}:
          {stage.kind === 'applied'
            ? `已写入,${counts}(${diff.written ?? 0} 条事件)。`
            : isSame
              ? '与系统一致,无需写入。'
              : '试运行,尚未写入。'}
        </p>
        {stage.kind === 'compared' && !isSame && (
          <button className="main" onClick={() => void apply()}>
            应用:{counts}
          </button>
        )}
      </div>
      {stage.kind === 'compared' && stage.trouble !== undefined && (
        <p className="notice bad" role="alert">
          没有全部写入:{stage.trouble}。可再按一次“应用”,不会重复计数。
        </p>
      )}
      <fieldset className="lists">
        <legend className="unseen">查看</legend>
        {(['new', 'changed', 'missing'] as const).map((each) => (
          <label key={each} data-on={each === list}>
            <input
              type="radio"
              name="list"
              checked={each === list}
              onChange={() => setList(each)}
            />
            {lists[each]} <b data-testid={`count-${each}`}>{rows[each].length}</b>
          </label>
        ))}
        <span>
          不变 <b data-testid="count-same">{diff.unchanged}</b>
        </span>
      </fieldset>
      {rows[list].length === 0 ? (
        <p className="none">没有{lists[list]}的组织</p>
      ) : list === 'changed' ? (
        <Changed rows={rows.changed} />
      ) : (
        <Pager
          key={list}
          rows={rows[list]}
          label={list === 'missing' ? '系统中有而表中没有的组织,保持不变' : '新增的组织'}
          titles={['组织编码', '组织名称']}
        >
          {({ id, name }) => (
            <tr key={id} data-testid={`row-${id}`}>
              <th scope="row">{id}</th>
              <td className="text">
                <bdi>{name}</bdi>
              </td>
            </tr>
          )}
        </Pager>
      )}
    </>
  )
}

function Changed({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <Pager rows={rows} label="变更的组织" titles={['组织编码', '组织名称', '原值 → 新值']}>
      {({ id, name, fields }) => (
        <tr key={id} data-testid={`row-${id}`}>
          <th scope="row">{id}</th>
          <td className="text">
            <bdi>{name}</bdi>
          </td>
          <td className="text">
            {fields.map(({ title, before, after }) => (
              <div key={title}>
                {title}: <del>{before}</del> → <ins>{after}</ins>
              </div>
            ))}
          </td>
        </tr>
      )}
    </Pager>
  )
}
