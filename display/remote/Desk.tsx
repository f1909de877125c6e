/** Everything that a joined phone offers. */
import { useEffect, useState } from 'react'
import type { Snapshot } from '../../protocol/frames.ts'
import { isSnapshot } from '../checks.ts'
import { idOf } from '../director/show.ts'
import { fetchJson } from '../link.ts'
import { Branches, Townships } from './Lists.tsx'
import type { Phone, PhoneState } from './phone.ts'

type Joined = Extract<PhoneState, { readonly kind: 'joined' }>

interface Props {
  readonly phone: Phone
  readonly joined: Joined
}

const pages = ['场景', '乡镇', '支部'] as const

/** Names only, which hardly change: a phone asks for the board once. */
function useBoard(scope: string): Snapshot['tables'] | 'lost' | null {
  const [tables, setTables] = useState<Snapshot['tables'] | 'lost' | null>(null)
  useEffect(
    function fetchNames() {
      fetchJson(`/v1/snapshot/${scope}`).then(
        (body) => setTables(isSnapshot(body) ? body.tables : 'lost'),
        () => setTables('lost'),
      )
    },
    [scope],
  )
  return tables
}

export function Desk({ phone, joined: { scope, scenes, shown, isLost } }: Props) {
  const board = useBoard(scope)
  const [page, turn] = useState<(typeof pages)[number]>('场景')
  const isOff = isLost || shown?.hasScreen !== true
  const { townships = [], organizations = [] } = board === null || board === 'lost' ? {} : board
  const [on = '', about] = shown?.scene?.split('/') ?? []
  const title = scenes.find(({ id }) => id === on)?.title
  const township = townships.find(({ id }) => id === about)?.name
  const card = organizations.find(({ id }) => id === shown?.card)?.name
  const isHeld = shown?.isHeld === true
  const trouble = board === 'lost' ? '名单取不到,请刷新页面' : board === null ? '正在取名单…' : null
  return (
    <>
      <section className="now" aria-label="大屏正在展示">
        <p>{isHeld ? '大屏已固定在' : '大屏正在展示'}</p>
        <h2 data-testid="on">{township ?? title ?? (on === 'night' ? '静屏' : '…')}</h2>
        {typeof shown?.card === 'string' && (
          <button disabled={isOff} onClick={() => phone.steer({ do: 'close-card' })}>
            <span>{card ?? '支部卡片'}</span> 关闭
          </button>
        )}
        {about !== undefined && (
          <button disabled={isOff} onClick={() => phone.steer({ do: 'back' })}>
            返回上一场景
          </button>
        )}
      </section>
      <nav aria-label="选什么">
        {pages.map((each) => (
          <button
            key={each}
            aria-current={each === page ? 'page' : undefined}
            onClick={() => turn(each)}
          >
            {each}
          </button>
        ))}
      </nav>
      <main>
        {page === '场景' && (
          <ul className="scenes">
            {scenes.map(({ id, title: name }) => (
              <li key={id}>
                <button
                  disabled={isOff}
                  aria-current={id === idOf(shown?.scene ?? '') ? 'true' : undefined}
                  onClick={() => phone.steer({ do: 'choose', scene: id })}
                >
                  {name}
                </button>
              </li>
            ))}
          </ul>
        )}
        {page === '乡镇' && (
          <Townships
            rows={townships}
            on={about ?? null}
            trouble={trouble}
            isOff={isOff}
            onChoose={(id) => phone.steer({ do: 'choose', scene: `township/${id}` })}
          />
        )}
        {page === '支部' && (
          <Branches
            rows={organizations}
            townships={townships}
            on={shown?.card ?? null}
            trouble={trouble}
            isOff={isOff}
            onChoose={(id) => phone.steer({ do: 'open-card', id })}
          />
        )}
      </main>
      <footer>
        <button disabled={isOff} onClick={() => phone.steer({ do: 'step', by: -1 })}>
          上一个
        </button>
        <button
          className="main"
          disabled={isOff}
          onClick={() => phone.steer({ do: isHeld ? 'let-go' : 'hold' })}
        >
          {isHeld ? '继续轮播' : '固定'}
        </button>
        <button disabled={isOff} onClick={() => phone.steer({ do: 'step', by: 1 })}>
          下一个
        </button>
      </footer>
    </>
  )
}
