/** What somebody may do about a warning at the step where it stands; the relay decides, this only offers. Pure. */
import type { Row } from '../../protocol/board.ts'
import type { HandleWarning } from '../../protocol/handling.ts'
import type { Role } from '../../protocol/people.ts'

type Act = HandleWarning['act']
export const actNames: Readonly<Record<Act, string>> = {
  remind: '提醒',
  withdraw: '撤回提醒',
  acknowledge: '签收',
  rectify: '报整改',
}

export function actsOf(
  { stage, remindedBy }: Pick<Row<'warnings'>, 'stage' | 'remindedBy'>,
  role: Role,
): readonly Act[] {
  if (role === 'operator' || role === 'auditor' || stage === 'rectified') return []
  const isCaller = role !== 'branch'
  const isAnswerer = role !== 'county'
  return [
    ...(isCaller ? (['remind'] as const) : []),
    ...(stage === 'reminded' && remindedBy === role ? (['withdraw'] as const) : []),
    // A township answers for what the county reminded it of, and not its own reminders.
    ...(isAnswerer && stage === 'reminded' && remindedBy !== role
      ? (['acknowledge'] as const)
      : []),
    ...(isAnswerer && stage === 'acknowledged' ? (['rectify'] as const) : []),
  ]
}
