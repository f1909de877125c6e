/** A second proof of who signs in: an authenticator on a phone that reads a QR code and shows six digits. */
import { useState } from 'react'
import { Type, type Static } from 'typebox'
import { TotpOffer } from '../../../protocol/people.ts'
import { Qr } from '../../parts/Qr.tsx'
import { useActs } from '../act.tsx'
import { useSession } from '../session.ts'
import { CurrentPassword } from './CurrentPassword.tsx'

interface Props {
  readonly isOn: boolean
  readonly onDone: (words: string) => void
}

export function Authenticator({ isOn, onDone }: Props) {
  const { again } = useSession()
  const { post, trouble } = useActs()
  const [offer, setOffer] = useState<Static<typeof TotpOffer>>()
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')

  async function settle(path: string, json: unknown, words: string): Promise<void> {
    if ((await post(Type.Object({}), `/v1/me/totp${path}`, json)) === undefined) return
    setOffer(undefined)
    setCode('')
    setPassword('')
    onDone(words)
    again()
  }
  return (
    <form
      className="notice own"
      aria-label="验证器"
      onSubmit={(event) => {
        event.preventDefault()
        if (isOn) void settle('/remove', { password }, '验证器已停用')
        else if (offer !== undefined)
          void settle('/confirm', { code }, '验证器已启用:下次登录时需要验证码')
        else void post(TotpOffer, '/v1/me/totp').then(setOffer)
      }}
    >
      <h3>验证器(登录时再输 6 位数字)</h3>
      {isOn ? (
        <CurrentPassword value={password} onChange={setPassword} />
      ) : offer === undefined ? (
        <p>未启用。手机上任何一种验证器(TOTP)都可以。</p>
      ) : (
        <div className="enrol">
          <Qr text={offer.uri} label="验证器的二维码" />
          <div>
            <p>用手机验证器扫描;不能扫描时手工输入:</p>
            <code>{offer.secret.match(/.{1,4}/g)?.join(' ')}</code>
            <label className="field">
              手机上现在的 6 位数字
              <input
                required
                autoFocus
                inputMode="numeric"
                autoComplete="one-time-code"
                pattern="\d{6}"
                maxLength={6}
                size={8}
                value={code}
                onChange={({ target }) => setCode(target.value)}
              />
            </label>
          </div>
        </div>
      )}
      <p role="alert">{trouble}</p>
      <button type="submit">{isOn ? '停用验证器' : offer === undefined ? '启用' : '确认'}</button>
    </form>
  )
}
