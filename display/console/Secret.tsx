/** A new key's secret, shown this once, ready to be copied. */
import type { ConsoleSecret } from '../../protocol/console.ts'

interface Props {
  readonly made: ConsoleSecret
  readonly onHide: () => void
}

export function Secret({ made: { platform, key, secret }, onHide }: Props) {
  return (
    <section className="notice secret" aria-label="新密钥">
      <p role="status">
        {platform} 的新密钥 <b>{key.id}</b> 只显示这一次,请经安全渠道交给平台方:
      </p>
      <input
        readOnly
        autoFocus
        aria-label="密钥"
        value={secret}
        onFocus={({ target }) => target.select()}
      />
      <button onClick={onHide}>已交付,隐藏</button>
    </section>
  )
}
