import type { Board } from '../../protocol/board.ts'
import { CaseHours } from '../widgets/case-hours/CaseHours.tsx'
import { CaseKinds } from '../widgets/case-kinds/CaseKinds.tsx'
import { CaseRiver } from '../widgets/case-river/CaseRiver.tsx'
import { Closure } from '../widgets/closure/Closure.tsx'
import { Grids } from '../widgets/grids/Grids.tsx'
import { Intakes } from '../widgets/intakes/Intakes.tsx'
import { OrderAges } from '../widgets/order-ages/OrderAges.tsx'
import { OrderLadder, OrderSteps } from '../widgets/order-steps/OrderSteps.tsx'
import { Pressing } from '../widgets/pressing/Pressing.tsx'
import { Visits } from '../widgets/visits/Visits.tsx'
import { YearFigures } from '../widgets/year-figures/YearFigures.tsx'
import type { Look, Place, Scene } from './scene.ts'

const whole: readonly Place[] = [
  { name: '诉求全流程', area: [4, 14, 168, 59], widget: CaseRiver },
  { name: '全年', area: [176, 14, 60, 25], widget: YearFigures },
  { name: '来源', area: [176, 40, 60, 45], widget: Intakes },
  { name: '红旗网格', area: [176, 87, 60, 42], widget: Grids },
  { name: '治理四单', area: [4, 76, 42, 53], widget: OrderLadder },
  { name: '最紧要', area: [50, 76, 42, 53], widget: Pressing },
  { name: '近 30 天', area: [96, 76, 76, 24], widget: Closure },
  { name: '诉求类别', area: [96, 102, 36, 27], widget: CaseKinds },
  { name: '办结时长', area: [136, 102, 36, 27], widget: CaseHours },
]

const ordersAlone: readonly Place[] = [
  { name: '治理四单', area: [4, 14, 168, 33], widget: OrderSteps },
  { name: '全年', area: [176, 14, 60, 33], widget: YearFigures },
  { name: '在途的单', area: [4, 51, 112, 56], widget: OrderAges },
  { name: '近 30 天', area: [120, 51, 116, 56], widget: Closure },
  { name: '诉求全流程', area: [4, 111, 232, 18], widget: CaseRiver },
]
const visitsAlone: readonly Place[] = [
  { name: '走访', area: [4, 14, 232, 88], widget: Visits },
  { name: '诉求全流程', area: [4, 109, 232, 18], widget: CaseRiver },
]
const nothing: readonly Place[] = [
  { name: '诉求全流程', area: [4, 14, 232, 40], widget: CaseRiver },
]

const wholeFar: readonly Place[] = [
  { name: '诉求全流程', area: [4, 14, 232, 59], widget: CaseRiver },
  { name: '全年', area: [4, 76, 68, 53], widget: YearFigures },
  { name: '最紧要', area: [78, 76, 76, 53], widget: Pressing },
  { name: '近 30 天', area: [160, 76, 76, 53], widget: Closure },
]
const ordersFar: readonly Place[] = [
  { name: '治理四单', area: [4, 14, 232, 42], widget: OrderSteps },
  { name: '全年', area: [4, 60, 60, 69], widget: YearFigures },
  { name: '在途的单', area: [70, 60, 80, 69], widget: OrderAges },
  { name: '近 30 天', area: [156, 60, 80, 69], widget: Closure },
]
const visitsFar: readonly Place[] = [{ name: '走访', area: [4, 14, 232, 115], widget: Visits }]

interface Told {
  readonly cases: boolean
  readonly orders: boolean
  readonly visits: boolean
}

/** What of residents' business this division's platforms tell. */
function toldOf({ caseStages, cases, intakes, grids, orders, totals }: Board): Told {
  return {
    cases:
      cases.size + intakes.size + grids.size > 0 ||
      [...caseStages.values()].some(({ year }) => year > 0),
    orders: [...orders.values()].some(({ year, waiting }) => year + waiting > 0),
    visits: [...totals.values()].some(({ visits }) => visits > 0),
  }
}

function arrange(board: Board, { isFar }: Look): readonly Place[] {
  const told = toldOf(board)
  if (told.cases) return isFar ? wholeFar : whole
  if (told.orders) return isFar ? ordersFar : ordersAlone
  if (!told.visits) return nothing
  return isFar ? visitsFar : visitsAlone
}

/** 治理: are residents' requests closed? */
export const governance: Scene = {
  id: 'governance',
  title: '治理',
  seconds: 30,
  caption: '诉求只显示类别与网格;群众姓名、电话、原话不上屏',
  places: whole,
  far: wholeFar,
  others: [...ordersAlone, ...visitsAlone].filter(
    ({ widget }) => widget !== CaseRiver && widget !== YearFigures,
  ),
  arrange,
  isTold: (board) => Object.values(toldOf(board)).some(Boolean),
}
