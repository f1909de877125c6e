/** The widgets of 排行 that rank, with the board of the month that they rank. */
import { OfRankedMonth } from '../parts/ClosedMonth.tsx'
import { PointsHistogram } from '../widgets/points-histogram/PointsHistogram.tsx'
import { TownshipPoints } from '../widgets/township-points/TownshipPoints.tsx'
import { Leaders } from './Leaders.tsx'

export const RankedHistogram = () => (
  <OfRankedMonth>
    <PointsHistogram />
  </OfRankedMonth>
)

export const RankedLeaders = () => (
  <OfRankedMonth>
    <Leaders />
  </OfRankedMonth>
)

export const RankedTownships = () => (
  <OfRankedMonth>
    <TownshipPoints />
  </OfRankedMonth>
)
