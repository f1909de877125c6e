import { useState } from 'react'
import type { TSchema } from 'typebox'
import { ConsoleRevoked, ConsoleSecret } from '../../protocol/console.ts'
import { ask } from './ask.ts'
import { Heard } from './Heard.tsx'
import { keyStates, platformName } from './names.ts'
import { usePlatforms } from './platforms-poll.ts'
import { useSession } from './session.ts'

export function Keys() {
  const { token, leave } = useSession()
  const polled = usePlatforms()
  const [made, setMade] = useState<ConsoleSecret>()
  const [trouble, setTrouble] = useState<string>()
  const [platform, setPlatform] = useState('')
  const [counties, setCounties] = useState('')

  async function change<S extends TSchema>(schema: S, path: string, json?: unknown) {
    const answer = await ask(token, schema, `/v1/console/keys${path}`, { method: 'POST', json })
    if (answer.kind === 'out') return leave(answer.sentence)
    setTrouble(answer.kind === 'ok' ? undefined : answer.sentence)
    polled.again()
    return answer.kind === 'ok' ? answer.value : undefined
  }
  const make = async (path: string, json?: unknown) =>
    setMade((await change(ConsoleSecret, path, json)) ?? undefined)

  return (
    <>
      <h2>密钥</h2>
      <Heard polled={polled} />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void make('', {
            platform: platform.trim(),
            counties: counties.split(/[,,、\s]+/).filter(Boolean),
          })
        }}
      >
        <label>
          平台代号{' '}
          <input required value={platform} onChange={(event) => setPlatform(event.target.value)} />
        </label>
        <label>
          区划代码(多个用逗号隔开){' '}
          <input required value={counties} onChange={(event) => setCounties(event.target.value)} />
        </label>
        <button type="submit">新建密钥</button>
      </form>
      <p role="alert">{trouble}</p>
      {made !== undefined && (
        <section className="secret" aria-label="新密钥" role="status">
          <p>
            {platformName(made.platform)} 的新密钥 {made.key.id}
            ,只显示这一次,请经安全渠道交给平台方:
          </p>
          <code>{made.secret}</code>
          <button onClick={() => setMade(undefined)}>已交付,隐藏</button>
        </section>
      )}
      <table>
        <thead>
          <tr>
            {['平台', '编号', '密钥', '状态', '区划', '操作'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {polled.value?.platforms.flatMap(({ platform: owner, keys }) =>
            keys.map((key) => (
              <tr key={key.id} data-testid={`key-${key.id}`}>
                <th scope="row">{platformName(owner)}</th>
                <td>{key.id}</td>
                <td>{key.masked}</td>
                <td>
                  {keyStates[key.state]} {key.at?.slice(0, 16).replace('T', ' ')}
                </td>
                <td>{key.counties.join('、')}</td>
                <td>
                  {(key.state === 'valid' || key.state === 'ending') && (
                    <>
                      <button
                        aria-label={`更换 ${owner} 的密钥`}
                        onClick={() => void make(`/${owner}/rotate`)}
                      >
                        更换
                      </button>
                      <button
                        aria-label={`作废 ${key.id}`}
                        onClick={() => {
                          if (confirm(`作废 ${key.id}?立即生效,不能恢复。`))
                            void change(ConsoleRevoked, `/${key.id}/revoke`)
                        }}
                      >
                        作废
                      </button>
                    </>
                  )}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </>
  )
}
