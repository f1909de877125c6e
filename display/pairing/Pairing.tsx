/** 屏幕配对: the code by which somebody lets this screen in. Nothing is typed on it. */
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useCanvas } from '../kiosk/screen.ts'
import { Qr } from '../parts/Qr.tsx'
import type { Pair, PairState } from './pair.ts'
import './pairing.css'

interface Props {
  readonly pair: Pair
  readonly masthead: string
  /** The screen is let in: go on as it. */
  readonly onPaired: () => void
}

export function Pairing({ pair, masthead, onPaired }: Props) {
  useCanvas()
  const state = useStore(pair.store)
  const isPaired = state.kind === 'paired'
  useEffect(
    function goOn() {
      if (isPaired) onPaired()
    },
    [isPaired, onPaired],
  )
  return (
    <main className="pairing">
      <header>
        <h1 className="serif">{masthead}</h1>
        <p>屏幕配对</p>
      </header>
      {state.kind === 'waiting' ? <Code {...state} /> : <p role="status">{words(state)}</p>}
    </main>
  )
}

function words(state: Exclude<PairState, { readonly kind: 'waiting' }>): string {
  switch (state.kind) {
    case 'asking':
      return '正在取配对码…'
    case 'paired':
      return '已批准,正在进入…'
    case 'refused':
      return state.why === 'busy'
        ? '等待配对的屏幕太多,一分钟后再取码'
        : '连不上汇聚中心,每 5 秒再试'
  }
}

function Code({ offer, until, isLost }: Extract<PairState, { readonly kind: 'waiting' }>) {
  const now = useSecond()
  const left = Math.max(0, Math.ceil((until - now) / 1_000))
  const { userCode, verificationUri, verificationUriComplete } = offer
  return (
    <div className="pairing-code">
      <Qr text={verificationUriComplete} label="扫码批准这块屏幕" />
      <div>
        <p>用手机扫左边的码,或在任一电脑上打开</p>
        <p className="pairing-address">{verificationUri}</p>
        <p>输入配对码</p>
        <p className="pairing-letters num" data-testid="pair-code">
          {userCode.slice(0, 4)} {userCode.slice(4)}
        </p>
        <p>由县或乡镇管理员批准后自动进入,本屏不用输入</p>
        <p className="fig" role="status">
          {isLost
            ? '连不上汇聚中心,正在再试'
            : `${Math.floor(left / 60)} 分 ${String(left % 60).padStart(2, '0')} 秒后换新码`}
        </p>
      </div>
    </div>
  )
}

function useSecond(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(function tickSeconds() {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
