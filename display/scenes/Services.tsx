/** The services of a division, each where the layout puts it. */
import { useMemo, type ComponentType } from 'react'
import { useTable } from '../board.ts'
import { useFreshness } from '../freshness.ts'
import { Fence } from '../kiosk/Fence.tsx'
import { useRoom } from '../kiosk/screen.ts'
import type { Size } from '../parts/size.ts'
import { usePage } from '../parts/Pages.tsx'
import { Commerce } from '../widgets/commerce/Commerce.tsx'
import { Communities } from '../widgets/communities/Communities.tsx'
import { Coverage } from '../widgets/coverage/Coverage.tsx'
import { Honours } from '../widgets/honours/Honours.tsx'
import { Mall } from '../widgets/mall/Mall.tsx'
import { OrderDays } from '../widgets/order-days/OrderDays.tsx'
import { Panel, Sentence } from '../widgets/panel/Panel.tsx'
import { Programmes } from '../widgets/programmes/Programmes.tsx'
import { ServiceItems } from '../widgets/service-items/ServiceItems.tsx'
import { ServiceResults } from '../widgets/service-results/ServiceResults.tsx'
import { Teams } from '../widgets/teams/Teams.tsx'
import { Volunteering } from '../widgets/volunteering/Volunteering.tsx'
import { layServices, servicesOf, type ServiceKind, type ServicePlace } from './service-layout.ts'

const widgets: Readonly<
  Record<ServiceKind, { readonly name: string; readonly widget: ComponentType<Size> }>
> = {
  coverage: { name: '服务阵地', widget: Coverage },
  communities: { name: '社区比学赶超', widget: Communities },
  teams: { name: '服务团队', widget: Teams },
  commerce: { name: '乡村产业', widget: Commerce },
  mall: { name: '积分商城', widget: Mall },
  items: { name: '服务事项', widget: ServiceItems },
  programmes: { name: '广播栏目', widget: Programmes },
  orders: { name: '群众点单', widget: OrderDays },
  results: { name: '服务成效', widget: ServiceResults },
  honours: { name: '荣誉', widget: Honours },
  volunteering: { name: '志愿服务', widget: Volunteering },
}

export function Services() {
  const board = {
    stations: useTable('stations'),
    communities: useTable('communities'),
    teams: useTable('teams'),
    goods: useTable('goods'),
    services: useTable('services'),
    programmes: useTable('programmes'),
    honours: useTable('honours'),
    prices: useTable('prices'),
    county: useTable('county'),
    totals: useTable('totals'),
    feed: useTable('feed'),
  }
  // A string, so that a table that only moves lays nothing anew.
  const told = servicesOf(board).join(' ')
  const room = useRoom()
  const places = useMemo(
    () => layServices(told === '' ? [] : (told.split(' ') as ServiceKind[]), room),
    [told, room],
  )
  if (places.length === 0) return <Nothing />
  return places.map((place) => <Slot key={place.area.join(' ')} place={place} />)
}

function Slot({ place }: { readonly place: ServicePlace }) {
  const [x, y, w, h] = place.area
  const { page } = usePage(place.kinds.length, 1)
  const kind = place.kinds[page] ?? place.kinds[0]
  if (kind === undefined) return null
  const { name, widget: Widget } = widgets[kind]
  return (
    <div
      className="place"
      style={{
        left: `calc(var(--u) * ${x})`,
        top: `calc(var(--u) * ${y})`,
        width: `calc(var(--u) * ${w})`,
        height: `calc(var(--u) * ${h})`,
      }}
    >
      <Fence name={name}>
        <div className={place.kinds.length > 1 ? 'page comes' : undefined} key={page} style={fill}>
          <Widget w={w} h={h} />
        </div>
      </Fence>
    </div>
  )
}
const fill = { height: '100%' } as const

function Nothing() {
  const freshness = useFreshness('services')
  const isTold = useTable('county').size > 0
  return (
    <Panel title="服务" freshness={freshness} testid="services">
      {isTold ? (
        <Sentence
          title="本地还没有接入便民服务"
          next="服务站、事项、团队或商城的数据接入后在此显示"
        />
      ) : (
        <Sentence title="还没有收到本地的数据" next="连上汇聚中心后自动显示" />
      )}
    </Panel>
  )
}
