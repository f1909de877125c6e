/** Lets a screen in by the code that it shows: what it is called, where it hangs, and whose eyes it is for. */
import { useEffect, useState } from 'react'
import { Type } from 'typebox'
import { FleetPairing, FleetScreen } from '../../../protocol/fleet.ts'
import { within } from '../../../protocol/division.ts'
import { readCode } from '../../../protocol/remote.ts'
import type { ScreenSettings } from '../../../protocol/screens.ts'
import { Trouble } from '../act.tsx'
import { ask } from '../ask.ts'
import { useSession } from '../session.ts'
import { PlacePicker } from './PlacePicker.tsx'
import type { Place } from './places.ts'
import { audienceNames, audiencesAt, profileNames } from './words.ts'

interface Props {
  /** From the address; empty where somebody types it. */
  readonly code: string
  readonly county: string
  readonly places: readonly Place[]
  readonly screens: readonly FleetScreen[]
  readonly onDone: (words: string) => void
}

export function Approve({ code: brought, county, places, screens, onDone }: Props) {
  const { token, leave } = useSession()
  const [typed, setTyped] = useState(brought)
  // An object: the same code that is asked for again is asked for again.
  const [asked, setAsked] = useState({ code: brought })
  const [waiting, setWaiting] = useState<FleetPairing>()
  const [trouble, setTrouble] = useState<string>()
  useEffect(
    function followAddress() {
      setTyped(brought)
      setAsked({ code: brought })
    },
    [brought],
  )
  useEffect(
    function lookUp() {
      setWaiting(undefined)
      const code = readCode(asked.code)
      if (code === null) return
      let isGone = false
      void ask(token, FleetPairing, `/v1/fleet/pairings/${code}`).then((answer) => {
        if (isGone) return
        if (answer.kind === 'out') return leave(answer)
        setTrouble(answer.kind === 'ok' ? undefined : answer.sentence)
        if (answer.kind === 'ok') setWaiting(answer.value)
      })
      return () => {
        isGone = true
      }
    },
    [asked, token, leave],
  )

  async function send(path: string, json?: unknown): Promise<boolean> {
    const schema = path.endsWith('refuse') ? Type.Object({}) : FleetScreen
    const answer = await ask(token, schema, `/v1/fleet/pairings/${path}`, {
      method: 'POST',
      json: json ?? {},
    })
    if (answer.kind === 'out') leave(answer)
    else setTrouble(answer.kind === 'ok' ? undefined : answer.sentence)
    return answer.kind === 'ok'
  }
  function close(words: string): void {
    setWaiting(undefined)
    setTyped('')
    location.hash = '#/screens'
    onDone(words)
  }

  return (
    <section className="approve" aria-label="批准新屏幕">
      <form
        className="controls"
        onSubmit={(event) => {
          event.preventDefault()
          if (readCode(typed) === null) setTrouble('配对码是八个字母,见屏幕上的大字')
          else setAsked({ code: typed })
        }}
      >
        <label className="field">
          配对码
          <input
            id="pair-code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder="BCDF GHJK"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <button type="submit">查找</button>
      </form>
      <Trouble of={trouble} />
      {waiting !== undefined && (
        <Settle
          key={waiting.userCode}
          waiting={waiting}
          county={county}
          places={places}
          screens={screens}
          onApprove={async (settings) => {
            if (await send(waiting.userCode, { settings })) close(`已批准 ${settings.name}`)
          }}
          onReplace={async (id) => {
            if (await send(waiting.userCode, { replaces: id })) close('已换机')
          }}
          onRefuse={async () => {
            if (await send(`${waiting.userCode}/refuse`)) close('已拒绝')
          }}
        />
      )}
    </section>
  )
}

interface SettleProps extends Pick<Props, 'county' | 'places' | 'screens'> {
  readonly waiting: FleetPairing
  readonly onApprove: (settings: ScreenSettings) => Promise<void>
  readonly onReplace: (id: string) => Promise<void>
  readonly onRefuse: () => Promise<void>
}

function Settle(props: SettleProps) {
  const { waiting, county, places, screens, onApprove, onReplace, onRefuse } = props
  const [name, setName] = useState('')
  const { me } = useSession()
  const own = me.account?.scope ?? county
  const [scope, setScope] = useState(within(county, own) ? county : own)
  const [audience, setAudience] = useState<ScreenSettings['audience']>()
  const [replaced, setReplaced] = useState('')
  const allowed = audiencesAt(scope, waiting.profile)
  const chosen = audience !== undefined && allowed.includes(audience) ? audience : allowed[0]
  const { profile, engine, address } = waiting

  async function approve(): Promise<void> {
    if (replaced !== '') return onReplace(replaced)
    await onApprove({
      name: name.trim(),
      county,
      scope,
      audience: chosen ?? 'public',
      profile,
      scenes: [],
      size: null,
      keyMap: { set: profile === 'tv' ? 'iptv' : 'pc', learned: {} },
      sleep: null,
      audio: profile === 'tv' ? 50 : 0,
      group: null,
    })
  }
  return (
    <form
      className="notice settle"
      data-testid="settle"
      onSubmit={(event) => {
        event.preventDefault()
        void approve()
      }}
    >
      <p>
        {profileNames[profile]} · {engine} · 来自 <bdi>{address}</bdi>
        。请核对这就是眼前显示此码的屏幕。
      </p>
      <label className="field">
        作为
        <select value={replaced} onChange={({ target }) => setReplaced(target.value)}>
          <option value="">新屏幕</option>
          {screens.map(({ screen }) => (
            <option key={screen.id} value={screen.id}>
              换机:{screen.number} 号 {screen.name}
            </option>
          ))}
        </select>
      </label>
      {replaced === '' && (
        <>
          <label className="field">
            名称
            <input
              id="screen-name"
              required
              maxLength={40}
              autoFocus
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          </label>
          <PlacePicker places={places} value={scope} onPick={setScope} />
          <label className="field">
            受众
            <select
              value={chosen}
              onChange={({ target }) => setAudience(allowed.find((each) => each === target.value))}
            >
              {allowed.map((each) => (
                <option key={each} value={each}>
                  {audienceNames[each]}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      <span className="acts">
        <button className="main" type="submit">
          批准
        </button>
        <button type="button" onClick={() => void onRefuse()}>
          拒绝
        </button>
      </span>
    </form>
  )
}
