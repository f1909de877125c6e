/** What a screen is told, held against its schema: seldom and short, so walked and not compiled. */
import { Value } from 'typebox/value'
import { Command, Notices } from '../../protocol/screens.ts'

export const isCommand = (value: unknown): value is Command => Value.Check(Command, value)
export const isNotices = (value: unknown): value is Notices => Value.Check(Notices, value)
