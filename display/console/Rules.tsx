import { useCallback, useState } from 'react'
import { ConsoleRules } from '../../protocol/console.ts'
import { ask } from './ask.ts'
import { Heard } from './Heard.tsx'
import { ruleTitles, thresholdText } from './names.ts'
import { usePlatforms } from './platforms-poll.ts'
import { usePoll } from './poll.ts'
import { useSession } from './session.ts'

export function Rules() {
  const home = usePlatforms().value?.home
  return (
    <>
      <h2>规则</h2>
      {home !== undefined && <County home={home} />}
    </>
  )
}

function County({ home }: { readonly home: string }) {
  const { token } = useSession()
  const [county, setCounty] = useState(home)
  const asked = /^\d{6}$/.test(county) ? county : home
  const question = useCallback(
    () => ask(token, ConsoleRules, `/v1/console/rules/${asked}`),
    [token, asked],
  )
  const polled = usePoll(question)
  return (
    <>
      <Heard polled={polled} />
      <label>
        县代码{' '}
        <input
          inputMode="numeric"
          value={county}
          onChange={(event) => setCounty(event.target.value)}
        />
      </label>
      <table>
        <thead>
          <tr>
            {['规则', '状态', '阈值', '依据'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {polled.value?.rules.map(({ name, article, isOn, thresholds }) => (
            <tr key={name} data-testid={`rule-${name}`}>
              <th scope="row">{ruleTitles[name]}</th>
              <td>{isOn ? '启用' : '停用'}</td>
              <td>
                <Thresholds of={thresholds} />
              </td>
              <td>{article}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>榜单、上报与合并</h3>
      <Thresholds of={polled.value?.settings ?? []} />
    </>
  )
}

function Thresholds({ of }: { readonly of: ConsoleRules['settings'] }) {
  return of.map(({ name, value, standard }) => (
    <div key={name} className={value === standard ? undefined : 'changed'}>
      {thresholdText(name, value)}
      {value !== standard && `(本县已改,缺省:${thresholdText(name, standard)})`}
    </div>
  ))
}
