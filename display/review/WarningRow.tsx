/** One warning with its trail, and the acts that whoever looks at it may do now. */
import { useState } from 'react'
import type { Row } from '../../protocol/board.ts'
import { Handled, type HandleWarning } from '../../protocol/handling.ts'
import { useWall } from '../board.ts'
import { ask } from '../console/ask.ts'
import { useSession } from '../console/session.ts'
import { dutyNames, ruleNames, stepOf, steps, stepsDone } from '../warning-words.ts'
import { Glyph } from './Glyph.tsx'
import { addressOf } from './place.ts'
import { actsOf, actNames } from './acts.ts'

interface Props {
  readonly warning: Row<'warnings'>
  readonly name: string
  readonly onDone?: () => void
}

export function WarningRow({ warning, name, onDone }: Props) {
  const { me, token, leave } = useSession()
  const isPast = useWall((state) => state.isPast)
  const [doing, setDoing] = useState<HandleWarning['act'] | null>(null)
  const [trouble, setTrouble] = useState('')
  const done = stepsDone(warning)
  async function act(what: HandleWarning['act']): Promise<void> {
    if (doing !== null) return
    setDoing(what)
    setTrouble('')
    const json: HandleWarning = { warning: warning.id, act: what }
    const answer = await ask(token, Handled, '/v1/handling', { method: 'POST', json })
    setDoing(null)
    if (answer.kind === 'out') leave(answer)
    else if (answer.kind === 'failed') setTrouble(answer.sentence)
    else onDone?.()
  }
  const acts =
    isPast || !me.rights.includes('handling') ? [] : actsOf(warning, me.account?.role ?? 'county')
  return (
    <li className="warned" data-testid="warned" title={`依据 ${warning.article}`}>
      <Glyph level={warning.level} />
      <a className="branch" href={addressOf('branch', warning.organization)}>
        <bdi>{name}</bdi>
        <small>
          {ruleNames[warning.rule]} {Math.abs(warning.amount)} · {dutyNames[warning.duty]} ·{' '}
          {stepOf(warning)}
        </small>
      </a>
      <span className="trail">
        {steps.map(({ char }, index) => (
          <i
            key={char}
            className={index < done ? 'serif done' : 'serif'}
            aria-label={`${char}${index < done ? '已办' : '未办'}`}
            role="img"
          >
            {char}
          </i>
        ))}
      </span>
      <span className="acts no-print">
        {acts.map((each) => (
          <button
            key={each}
            className={each === 'withdraw' ? '' : 'main'}
            aria-disabled={doing !== null}
            aria-label={`${actNames[each]} ${name} ${ruleNames[warning.rule]}`}
            onClick={() => void act(each)}
          >
            {doing === each ? '正在办…' : actNames[each]}
          </button>
        ))}
      </span>
      <p role="alert">{trouble}</p>
    </li>
  )
}
