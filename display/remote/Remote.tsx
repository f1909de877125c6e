/** The page of a phone: what the wall shows, and what it should. */
import { useState, type FormEvent } from 'react'
import { useStore } from 'zustand'
import { clockTime } from '../freshness.ts'
import { Desk } from './Desk.tsx'
import { readCode } from '../../protocol/remote.ts'
import type { Phone, PhoneState } from './phone.ts'

export function Remote({ phone }: { readonly phone: Phone }) {
  const state = useStore(phone.store)
  return (
    <>
      <header>
        <h1>大屏遥控</h1>
        <p role="status" data-testid="state">
          {stateWords(state)}
        </p>
      </header>
      {state.kind === 'joined' && <Desk phone={phone} joined={state} />}
      {state.kind === 'asking' && <Door phone={phone} mistake={state.mistake} />}
      {state.kind === 'over' && (
        <Door phone={phone} mistake={null} lead="大屏已结束这次遥控,再次接入要新口令。" />
      )}
      {state.kind === 'connecting' && (
        <main>
          <p className="plain">正在连接大屏的汇聚中心,请稍候。</p>
        </main>
      )}
    </>
  )
}

function stateWords(state: PhoneState): string {
  switch (state.kind) {
    case 'connecting':
      return '连接中…'
    case 'asking':
      return '未接入'
    case 'over':
      return '已结束'
    case 'joined':
      if (state.isLost) return '已断开 · 正在重连'
      if (state.shown?.hasScreen === false) return '大屏未连接'
      return `已接入 · 至 ${clockTime(state.until)}`
  }
}

interface DoorProps {
  readonly phone: Phone
  readonly mistake: string | null
  readonly lead?: string
}

function Door({ phone, mistake, lead = '在大屏上按 R,扫码,或输入那里的口令。' }: DoorProps) {
  const [typed, type] = useState('')
  const [isOdd, say] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const code = readCode(typed)
    say(code === null)
    if (code !== null) phone.enter(code)
  }
  const wrong = isOdd ? '口令是八个字母,不含元音' : mistake
  return (
    <main>
      <form className="door" onSubmit={submit}>
        <p className="plain">{lead}</p>
        <label htmlFor="code">口令</label>
        <input
          id="code"
          value={typed}
          onChange={({ target }) => type(target.value)}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          aria-describedby={wrong === null ? undefined : 'wrong'}
        />
        {wrong !== null && (
          <p id="wrong" role="alert">
            {wrong}
          </p>
        )}
        <button className="main">接入</button>
      </form>
    </main>
  )
}
