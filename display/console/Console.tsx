/** The operator's view: a door, and behind it the pages as tabs whose addresses can be kept. */
import { Gate } from './Gate.tsx'
import { Tabs } from './Tabs.tsx'

export function Console() {
  return (
    <Gate title="红旗墙 · 管理台">
      <Tabs />
    </Gate>
  )
}
