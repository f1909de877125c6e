/** What is wrong with a table that somebody sent, row by row. */
import { Pager } from './Pager.tsx'

interface Problem {
  readonly row: number
  /** None: the whole row. */
  readonly column?: string | null
  readonly sentence: string
}

export function SheetProblems({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <Pager rows={problems} label="表格中的问题" titles={['行', '列', '问题']}>
      {({ row, column, sentence }) => (
        <tr key={`${row} ${column} ${sentence}`} data-testid="problem">
          <th scope="row" className="n">
            {row}
          </th>
          <td>{column ?? '整行'}</td>
          <td className="text">
            <bdi>{sentence}</bdi>
          </td>
        </tr>
      )}
    </Pager>
  )
}
