/** 手机遥控: how a phone becomes this wall's remote, and which are. */
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { OpenRemote, RemoteDesk } from '../../../protocol/remote.ts'
import { useWall } from '../../board.ts'
import type { Remote } from '../../director/remote.ts'
import { clockTime } from '../../freshness.ts'
import { Code } from './Code.tsx'
import './remote-panel.css'

interface Props {
  readonly remote: Remote
  readonly scenes: OpenRemote['scenes']
  readonly onClose: () => void
}

export function RemotePanel({ remote, scenes, onClose }: Props) {
  const { desk, codeUntil, isRefused } = useStore(remote.store)
  const isLive = useWall(({ connection }) => connection === 'live')
  const leftMs = useWall(({ present }) => codeUntil - present)
  const panel = useRef<HTMLElement>(null)
  useEffect(
    function askForCode() {
      if (isLive) remote.open(scenes)
    },
    [isLive, remote, scenes],
  )
  useEffect(function takeFocus() {
    panel.current?.focus()
  }, [])
  const isOver = desk !== null && leftMs <= 0
  useEffect(
    function leaveWithCode() {
      // Nobody has come for ten minutes: the wall shows no code for ever.
      if (isOver) onClose()
    },
    [isOver, onClose],
  )
  const end = () => {
    remote.end()
    onClose()
  }
  const trouble = troubleOf(isLive, isRefused, desk)
  return (
    <section
      className="remote-panel fades"
      role="dialog"
      aria-label="手机遥控"
      data-testid="remote-panel"
      tabIndex={-1}
      ref={panel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // What lies beneath has its own use for the key.
        event.stopPropagation()
        onClose()
      }}
    >
      <header>
        <h2 className="serif">手机遥控</h2>
        <p>手机可换场景、看乡镇、开支部卡片,两小时内有效</p>
      </header>
      {trouble !== null ? (
        <p className="remote-trouble" role="status">
          {trouble}
        </p>
      ) : (
        desk !== null && <Code desk={desk} leftMs={leftMs} />
      )}
      <Phones phones={desk?.phones ?? []} />
      <footer>
        {desk !== null && (
          <button type="button" className="remote-end" onClick={end}>
            结束遥控
          </button>
        )}
        <button type="button" onClick={onClose}>
          收起 <kbd>R</kbd>
        </button>
      </footer>
    </section>
  )
}

function troubleOf(isLive: boolean, isRefused: boolean, desk: RemoteDesk): string | null {
  if (!isLive) return '与汇聚中心断开,恢复后再接入手机'
  if (isRefused) return '只有汇聚中心所在机器上的大屏能开启遥控'
  if (desk === null) return '正在取口令…'
  if (desk.addresses.length === 0)
    return '汇聚中心只对本机开放,手机连不上:请以 HOST=0.0.0.0 重新启动汇聚中心,再按 R'
  return null
}

function Phones({ phones }: { readonly phones: NonNullable<RemoteDesk>['phones'] }) {
  return (
    <div className="remote-phones">
      <h3>已接入</h3>
      {phones.length === 0 ? (
        <p>还没有手机</p>
      ) : (
        <ul>
          {phones.map(({ number, joinedAt, isOn }) => (
            <li key={number} data-on={isOn}>
              手机 {number} · <span className="fig">{clockTime(joinedAt)}</span>
              {isOn ? '' : ' · 已断开'}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
