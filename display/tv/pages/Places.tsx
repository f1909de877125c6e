/** Which village this television stands in: a township, then one of its branches. Asked at first, and again from the village's page. */
import { useTable } from '../../board.ts'
import { pageOf } from '../parts/List.tsx'
import { villagesOf } from '../facts/village.ts'
import { grid } from '../focus/tree.ts'
import { useFocus } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { Spot } from '../parts/Spot.tsx'
import { useTelevision } from '../television.ts'
import './places.css'

const columns = 3
const size = 5 * columns

interface Place {
  readonly id: string
  readonly name: string
}

interface ChoiceProps {
  readonly page: string
  readonly title: string
  readonly note: string
  readonly places: readonly Place[]
  readonly onChoose: (id: string) => void
  readonly none: string
}

function Choice({ page, title, note, places, onChoose, none }: ChoiceProps) {
  const ids = places.map(({ id }) => id)
  const focus = useFocus(page, grid(page, ids, columns), { onOk: onChoose })
  const { from, page: number, pages } = pageOf(ids, focus.at, size)
  return (
    <Frame
      title={title}
      note={note}
      age={pages > 1 ? `第 ${number} 页,共 ${pages} 页` : undefined}
      keys="▲ ▼ ◀ ▶ 选   OK 确定   返回 上一步"
    >
      {places.length === 0 && <p className="tv-none mid tv-places-none">{none}</p>}
      {places.slice(from, from + size).map(({ id, name }, at) => (
        <Spot
          key={id}
          focus={focus}
          id={id}
          className="spot-card tv-place"
          at={[8 + (at % columns) * 48.8, 21 + Math.floor(at / columns) * 11.9, 46.4, 9.6]}
        >
          <span className="line">{name}</span>
        </Spot>
      ))}
    </Frame>
  )
}

export function Townships() {
  const { stack } = useTelevision()
  const townships = useTable('townships')
  const places = [...townships.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return (
    <Choice
      page="townships"
      title="这台电视在哪个村"
      note="第一步:选乡镇(街道)"
      places={places}
      onChoose={(township) => stack.open({ page: 'villages', township })}
      none="正在向汇聚中心取乡镇名单"
    />
  )
}

export function Villages({ township }: { readonly township: string }) {
  const { chooseVillage } = useTelevision()
  const organizations = useTable('organizations')
  const name = useTable('townships').get(township)?.name ?? ''
  return (
    <Choice
      page={`villages ${township}`}
      title={`这台电视在${name}哪个村`}
      note="第二步:选村(社区)的党组织,以后可以在“我的村”里换"
      places={villagesOf({ organizations }, township)}
      onChoose={chooseVillage}
      none="这个乡镇还没有党组织在册"
    />
  )
}
