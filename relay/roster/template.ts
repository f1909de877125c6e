/** The empty sheet to fill in: titles, an example row, and what each column takes. */
import { columns } from './columns.ts'

interface SheetCell {
  readonly value: string
  readonly fontWeight?: 'bold'
  readonly wrap?: true
}

/** Rows of the two sheets: 组织, 填写说明. */
export function templateRows(): readonly [SheetCell[][], SheetCell[][]] {
  const bold = (value: string): SheetCell => ({ value, fontWeight: 'bold' })
  return [
    [
      columns.map(({ title, isRequired }) => bold(isRequired ? `${title}*` : title)),
      columns.map(({ example }) => ({ value: example })),
    ],
    [
      [bold('列'), bold('是否必填'), bold('说明')],
      ...columns.map(({ title, isRequired, note }): SheetCell[] => [
        { value: title },
        { value: isRequired ? '必填' : '选填' },
        { value: note, wrap: true },
      ]),
    ],
  ]
}
