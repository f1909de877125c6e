/** 配对: the code by which somebody lets this box in and says which village it stands in. Nothing is typed on it. */
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { engineOf } from '../../kiosk/engine.ts'
import type { Pair, PairState } from '../../pairing/pair.ts'
import { Qr } from '../../parts/Qr.tsx'
import { column } from '../focus/tree.ts'
import { useFocus } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { Spot } from '../parts/Spot.tsx'
import { useTelevision } from '../television.ts'
import './pairing.css'

const buttons = column('pairing', ['again', 'choose'])

export function Pairing() {
  const { startPair } = useTelevision()
  const [round, setRound] = useState(0)
  const [pair, setPair] = useState<Pair>()
  useEffect(
    function askForCode() {
      const begun = startPair()
      setPair(begun)
      return () => begun.stop()
    },
    [startPair, round],
  )
  return pair === undefined ? null : <Waiting pair={pair} onAgain={() => setRound(round + 1)} />
}

interface Props {
  readonly pair: Pair
  readonly onAgain: () => void
}

function Waiting({ pair, onAgain }: Props) {
  const { stack, onPaired } = useTelevision()
  const state = useStore(pair.store)
  const isPaired = state.kind === 'paired'
  useEffect(
    function goOn() {
      if (isPaired) onPaired()
    },
    [isPaired, onPaired],
  )
  const focus = useFocus('pairing', buttons, {
    start: 'again',
    onOk(leaf) {
      if (leaf === 'again') onAgain()
      else stack.open({ page: 'townships' })
    },
    // No channel, no page: it is nobody's television yet.
    onKey: (action) => action !== 'back',
  })
  const isLost = state.kind === 'waiting' ? state.isLost : state.kind === 'refused'
  return (
    <Frame title="配对本机" note="请村党支部书记或镇管理员用手机扫码,或在电脑上输入配对码">
      {state.kind === 'waiting' ? (
        <Code {...state} />
      ) : (
        <p className="tv-pair-words mid">{wordsOf(state)}</p>
      )}
      <Spot focus={focus} id="again" className="spot-card tv-button" at={[114, 60.6, 38, 7.4]}>
        换一个配对码
      </Spot>
      <Spot focus={focus} id="choose" className="spot-card tv-button" at={[114, 70.6, 38, 7.4]}>
        不配对,选村观看
      </Spot>
      <p className="tv-pair-foot lo">
        <span>本机 {engineOf(navigator.userAgent)}</span>
        <span className={isLost ? 'late' : undefined} role="status">
          {isLost ? '连不上汇聚中心,正在再试' : '已连接汇聚中心 · 等待批准'}
        </span>
      </p>
    </Frame>
  )
}

function wordsOf(state: Exclude<PairState, { readonly kind: 'waiting' }>): string {
  if (state.kind === 'asking') return '正在取配对码'
  if (state.kind === 'paired') return '已批准,正在进入'
  return state.why === 'busy'
    ? '等待配对的屏幕太多,一分钟后再取码'
    : '连不上汇聚中心,每 5 秒再试一次'
}

function Code({ offer, until }: Extract<PairState, { readonly kind: 'waiting' }>) {
  const now = useSecond()
  const left = Math.max(0, Math.ceil((until - now) / 1_000))
  const { userCode, expiresIn, verificationUri, verificationUriComplete } = offer
  return (
    <>
      <p className="tv-pair-code" data-testid="pair-code" data-code={userCode}>
        {userCode.split('').map((letter, at) => (
          <span key={at} className="num" data-middle={at === 4 || undefined}>
            {letter}
          </span>
        ))}
      </p>
      <div className="tv-pair-left">
        <div className="tv-pair-track">
          <div style={{ width: `${(left / expiresIn) * 100}%` }} />
        </div>
        <p className="mid">
          {Math.floor(left / 60)} 分 {left % 60} 秒后更换
        </p>
      </div>
      <ol className="tv-pair-steps">
        <li>
          <span className="tv-seal tv-seal-ring">一</span>扫右边的码,或打开 {verificationUri}
        </li>
        <li>
          <span className="tv-seal tv-seal-ring">二</span>登录管理台,核对配对码,选本机所在的村
        </li>
        <li>
          <span className="tv-seal tv-seal-ring">三</span>批准后本机自动开始播放,不用输入
        </li>
      </ol>
      <div className="tv-pair-qr">
        <Qr text={verificationUriComplete} label="扫码批准这台电视" />
      </div>
    </>
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
