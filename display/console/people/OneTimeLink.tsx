/** The link for whoever an account is made for, shown this once, ready to be copied. */
import type { Invited } from '../../../protocol/people.ts'
import { minuteOf } from '../names.ts'

interface Props {
  readonly made: Invited
  readonly onHide: () => void
}

export function OneTimeLink({ made: { account, ticket, until }, onHide }: Props) {
  return (
    <section className="notice secret" aria-label="一次性链接">
      <p role="status">
        请把链接交给 <bdi>{account.title}</bdi> 本人,由本人设密码:只显示这一次,只能用一次,
        {minuteOf(until)} 前有效。
      </p>
      <input
        readOnly
        autoFocus
        aria-label="链接"
        value={`${location.origin}/console#/invitation/${ticket}`}
        onFocus={({ target }) => target.select()}
      />
      <button onClick={onHide}>已交付,隐藏</button>
    </section>
  )
}
