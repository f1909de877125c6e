/** 支部卡: everything that is told of one organisation, over the scene; it goes by itself when nobody touches it. */
import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { useStore } from 'zustand'
import { useTable, useWall, useWallStore } from '../../board.ts'
import { isBranchDetail } from '../../checks.ts'
import type { Director } from '../../director/direct.ts'
import { cardLeft } from '../../director/show.ts'
import { Fence } from '../../kiosk/Fence.tsx'
import { useKeys } from '../../kiosk/keys.ts'
import { useTold } from '../../parts/told.ts'
import { Sentence } from '../panel/Panel.tsx'
import { CardBody } from './CardBody.tsx'
import { CardHead } from './CardHead.tsx'
import { neighbour } from './neighbours.ts'
import './branch-card.css'

export function BranchCard({ director }: { readonly director: Director }) {
  const show = useStore(director.show)
  return show.card === null ? null : <Dialog id={show.card.id} director={director} />
}

function Dialog({ id, director }: { readonly id: string; readonly director: Director }) {
  const root = useRef<HTMLDivElement>(null)
  const show = useStore(director.show)
  const left = useWall((state) => cardLeft(show, state.present))
  useTrap(root, id)
  useCardKeys(root, id, director)
  return (
    <div className="card-ground" ref={root}>
      <button
        type="button"
        className="card-behind"
        aria-label="关闭支部卡"
        tabIndex={-1}
        onClick={director.closeCard}
      />
      <section
        className="card place"
        role="dialog"
        aria-modal="true"
        aria-label="支部卡"
        data-testid="branch-card"
        data-branch={id}
        tabIndex={-1}
      >
        <Fence name="支部卡" key={id}>
          <Card id={id} onClose={director.closeCard} />
        </Fence>
        <footer className="card-foot">
          <p>Esc 返回 · ← → 上一支部 / 下一支部 · 30 秒无操作自动返回</p>
          <i className="card-left" data-testid="card-left">
            <i style={{ scale: `${left} 1` }} />
          </i>
        </footer>
      </section>
    </div>
  )
}

/** As it stands in the gallery, too. */
export function Card({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const organization = useTable('organizations').get(id)
  const branch = useTable('branches').get(id)
  const told = useTold(
    organization === undefined ? null : `/v1/branches/${encodeURIComponent(id)}`,
    isBranchDetail,
    branch,
  )
  return (
    <>
      <CardHead organization={organization} branch={branch} detail={told.value} onClose={onClose} />
      {organization === undefined ? (
        <div className="card-none">
          <Sentence
            title={`板上没有编号为 ${id} 的党组织`}
            next="可能已撤销或尚未报送,按 Esc 返回"
          />
        </div>
      ) : (
        <CardBody organization={organization} branch={branch} told={told} />
      )}
    </>
  )
}

/** What lies beneath is out of reach; when the card goes, the focus is where it was. */
function useTrap(root: RefObject<HTMLDivElement | null>, id: string): void {
  const opener = useRef<Element | null>(null)
  const opened = useRef(id)
  useLayoutEffect(
    function shutOutTheRest() {
      opener.current = document.activeElement
      const own = root.current
      const others = [...(own?.parentElement?.children ?? [])].filter((each) => each !== own)
      for (const other of others) other.toggleAttribute('inert', true)
      own?.querySelector<HTMLElement>('[role=dialog]')?.focus()
      return () => {
        for (const other of others) other.toggleAttribute('inert', false)
      }
    },
    [root],
  )
  useEffect(function giveFocusBack() {
    const first = opened.current
    return () => {
      const before = opener.current
      const isThere = before instanceof HTMLElement && before.isConnected
      // The row may have turned its page meanwhile: then another name of the branch will do.
      const same = document.querySelector<HTMLElement>(`[data-branch="${CSS.escape(first)}"]`)
      if (isThere && before !== document.body) before.focus()
      else same?.focus()
    }
  }, [])
}

/** Escape and Home close, ← → go on to the next of the township, Tab stays within. */
function useCardKeys(root: RefObject<HTMLDivElement | null>, id: string, director: Director): void {
  const wall = useWallStore()
  useKeys((event) => {
    if (event.key === 'Escape' || event.key === 'Home') {
      // What lies beneath has its own use for the key.
      event.stopImmediatePropagation()
      director.closeCard()
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const by = event.key === 'ArrowLeft' ? -1 : 1
      const next = neighbour(wall.store.getState().board, id, by)
      if (next !== null) director.openCard(next)
    } else if (event.key === 'Tab') turnWithin(root.current, event.shiftKey)
    else return false
    return true
  }, true)
}

function turnWithin(root: HTMLElement | null, isBack: boolean): void {
  const stops = [...(root?.querySelectorAll<HTMLElement>('.card button') ?? [])]
  const at = stops.findIndex((each) => each === document.activeElement)
  const next = at < 0 ? (isBack ? -1 : 0) : at + (isBack ? -1 : 1)
  stops.at(next % Math.max(1, stops.length))?.focus()
}
