import { Heads } from './Heads.tsx'
import { useEffect, useRef, useState } from 'react'
import { ConsoleRevoked, ConsoleSecret, type ConsoleKey } from '../../protocol/console.ts'
import { Trouble, useActs } from './act.tsx'
import { Confirm } from './Confirm.tsx'
import { useDesk } from './desk.ts'
import { Heard } from './Heard.tsx'
import { platformName } from '../words.ts'
import { keyStates, minuteOf } from './names.ts'
import { Secret } from './Secret.tsx'
import { walkRows } from './walk.ts'

/** What was asked for and waits for a yes. */
interface Asked {
  readonly act: 'rotate' | 'revoke'
  readonly platform: string
  readonly id: string
}

export function Keys() {
  const { platforms: polled, secret, showSecret } = useDesk()
  const { post, trouble, done } = useActs(polled.again)
  const [asked, setAsked] = useState<Asked>()
  const acted = useRef('')
  useEffect(
    function keepFocusOnRow() {
      // The pressed button may be gone with its key.
      if (acted.current !== '' && document.activeElement === document.body) giveFocusBack()
    },
    [polled.value],
  )
  function giveFocusBack(): void {
    document.getElementById(acted.current === '' ? 'new-platform' : acted.current)?.focus()
    acted.current = ''
  }
  function hide(): void {
    showSecret()
    giveFocusBack()
  }

  async function make(path: string, json?: unknown): Promise<boolean> {
    const made = await post(ConsoleSecret, `/v1/console/keys${path}`, json)
    if (made !== undefined) showSecret(made)
    return made !== undefined
  }
  async function act({ act: what, platform, id }: Asked): Promise<void> {
    acted.current = `key-${id}`
    setAsked(undefined)
    if (what === 'rotate') await make(`/${platform}/rotate`)
    else {
      const path = `/v1/console/keys/${id}/revoke`
      const revoked = await post(ConsoleRevoked, path, undefined, `${id} 已作废`)
      if (revoked === undefined) acted.current = ''
    }
  }

  return (
    <>
      <div className="head">
        <h2>密钥</h2>
        <Heard polled={polled} />
      </div>
      <NewKey
        onMake={(platform, counties) => {
          acted.current = ''
          return make('', { platform, counties })
        }}
      />
      <Trouble of={trouble} />
      {secret !== undefined && <Secret made={secret} onHide={hide} />}
      <p className="unseen" role="status">
        {done}
      </p>
      <div className="sheet" role="region" aria-label="密钥一览" tabIndex={0} onKeyDown={walkRows}>
        <table>
          <Heads titles={['平台', '编号', '区划', '状态', '操作']} />
          <tbody>
            {polled.value?.platforms.flatMap(({ platform, keys }) =>
              keys.map((key) => (
                <KeyRow key={key.id} of={key} platform={platform} onAsk={setAsked} />
              )),
            )}
          </tbody>
        </table>
      </div>
      {asked !== undefined && (
        <Confirm
          title={asked.act === 'revoke' ? `作废 ${asked.id}?` : `更换 ${asked.platform} 的密钥?`}
          act={asked.act === 'revoke' ? '作废' : '更换'}
          onAct={() => void act(asked)}
          onClose={() => setAsked(undefined)}
        >
          {asked.act === 'revoke'
            ? '立即生效,不能恢复:用这把密钥签名的报文从此被拒收。'
            : '新密钥立即生效;旧密钥还可用 24 小时,平台方须在此期间换上新的。'}
        </Confirm>
      )}
    </>
  )
}

interface NewKeyProps {
  readonly onMake: (platform: string, counties: readonly string[]) => Promise<boolean>
}

function NewKey({ onMake }: NewKeyProps) {
  const [platform, setPlatform] = useState('')
  const [counties, setCounties] = useState('')
  async function make(): Promise<void> {
    const isMade = await onMake(platform.trim(), counties.split(/[,,、\s]+/).filter(Boolean))
    if (!isMade) return
    setPlatform('')
    setCounties('')
  }
  return (
    <form
      className="controls"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <label className="field">
        平台代号
        <input
          id="new-platform"
          required
          placeholder="grid"
          value={platform}
          onChange={(event) => setPlatform(event.target.value)}
        />
      </label>
      <label className="field">
        区划代码(多个用逗号隔开)
        <input
          required
          placeholder="431128"
          value={counties}
          onChange={(event) => setCounties(event.target.value)}
        />
      </label>
      <button className="main" type="submit">
        新建密钥
      </button>
    </form>
  )
}

interface RowProps {
  readonly of: ConsoleKey
  readonly platform: string
  readonly onAsk: (asked: Asked) => void
}

function KeyRow({ of: key, platform, onAsk }: RowProps) {
  const isUsable = key.state === 'valid' || key.state === 'ending'
  return (
    <tr id={`key-${key.id}`} data-testid={`key-${key.id}`} tabIndex={-1}>
      <th scope="row">{platformName(platform)}</th>
      <td>{key.id}</td>
      <td>{key.counties.join('、')}</td>
      <td className={isUsable ? undefined : 'faint'}>
        {keyStates[key.state]} {key.at && minuteOf(key.at)}
      </td>
      <td>
        {isUsable && (
          <span className="acts">
            <button
              data-walk="rotate"
              aria-label={`更换 ${platform} 的密钥`}
              onClick={() => onAsk({ act: 'rotate', platform, id: key.id })}
            >
              更换
            </button>
            <button
              data-walk="revoke"
              aria-label={`作废 ${key.id}`}
              onClick={() => onAsk({ act: 'revoke', platform, id: key.id })}
            >
              作废
            </button>
          </span>
        )}
      </td>
    </tr>
  )
}
