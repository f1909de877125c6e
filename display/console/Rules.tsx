import { Heads } from './Heads.tsx'
import { useCallback, useState } from 'react'
import { ConsoleRules } from '../../protocol/console.ts'
import { ask } from './ask.ts'
import { DivisionPicker } from './DivisionPicker.tsx'
import { Heard } from './Heard.tsx'
import { ruleTitles, thresholdText } from './names.ts'
import { usePoll } from './poll.ts'
import { homeOf, useSession } from './session.ts'

export function Rules() {
  const { token, me } = useSession()
  const home = homeOf(me)
  const [county, setCounty] = useState<string | undefined>(home)
  // While another code is being typed, the last whole one stays on screen, and its name over the table says so.
  const [asked, setAsked] = useState(home)
  const question = useCallback(
    () => ask(token, ConsoleRules, `/v1/console/rules/${asked}`),
    [token, asked],
  )
  const polled = usePoll(question)
  const rules = polled.value
  return (
    <>
      <div className="head">
        <h2>规则</h2>
        <Heard polled={polled} />
      </div>
      <div className="controls">
        <DivisionPicker
          value={county}
          onPick={(code) => {
            setCounty(code)
            if (code !== undefined) setAsked(code)
          }}
        />
        <p>
          {rules?.county} 现行规则;在 <code>rules.yaml</code> 中修改,重启汇聚中心后生效
        </p>
      </div>
      <div className="sheet" role="region" aria-label="规则一览" tabIndex={0}>
        <table>
          <Heads titles={['规则', '状态', '阈值', '依据']} />
          <tbody>
            {rules?.rules.map(({ name, article, isOn, thresholds }) => (
              <tr key={name} data-testid={`rule-${name}`}>
                <th scope="row">{ruleTitles[name]}</th>
                <td className={isOn ? undefined : 'changed'}>{isOn ? '启用' : '停用'}</td>
                <td>
                  {isOn ? <Thresholds of={thresholds} /> : <span className="faint">不判</span>}
                </td>
                <td className="text">{article}</td>
              </tr>
            ))}
            <tr data-testid="rule-settings">
              <th scope="row">榜单、上报与合并</th>
              <td>启用</td>
              <td colSpan={2}>
                <Thresholds of={rules?.settings ?? []} />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </>
  )
}

function Thresholds({ of }: { readonly of: ConsoleRules['settings'] }) {
  return (
    <ul className="thresholds">
      {of.map(({ name, value, standard }) => (
        <li key={name} className={value === standard ? undefined : 'changed'}>
          {thresholdText(name, value)}
          {value !== standard && `(本县已改,缺省:${thresholdText(name, standard)})`}
        </li>
      ))}
    </ul>
  )
}
