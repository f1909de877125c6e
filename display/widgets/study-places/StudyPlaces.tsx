/** 乡镇人均学习: the branches of each township as lines over their members' minutes, and their mean. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { studiedOf } from '../../parts/minutes.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { stripsOf } from './strips.ts'
import './study-places.css'

const height = 2.4
const rowLeastU = 3.25
/** u above and under the rows, and of name and mean before each line. */
const takenU = { w: 26, h: 8 }

export function StudyPlaces() {
  const { w, h } = useRoom()
  const width = w - takenU.w
  const room = h - takenU.h
  const rowsMost = Math.floor(room / rowLeastU)
  const studies = useCalmTable('studies')
  const branches = useCalmTable('branches')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const freshness = useFreshness('study')
  const strips = useMemo(
    () => stripsOf(studiedOf({ studies, branches, organizations, townships })).slice(0, rowsMost),
    [studies, branches, organizations, townships, rowsMost],
  )
  const highest = Math.max(1, ...strips.flatMap(({ minutes }) => minutes))
  const at = (minutes: number) => ((minutes / highest) * width).toFixed(2)
  return (
    <Panel
      title="乡镇人均"
      note="每线一支部 · 白线为均值"
      freshness={freshness}
      testid="study-places"
    >
      {studies.size === 0 ? (
        <Sentence title="本月还没有学习时长" next="收到支部的第一笔时长后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="学习接口异常" next={`时长${freshness.until},恢复后自动显示`} />
      ) : (
        <ol
          className="study-places"
          style={{ gridAutoRows: `calc(var(--u) * ${Math.min(4, room / strips.length)})` }}
        >
          {strips.map(({ place, mean, minutes }) => (
            <li key={place}>
              <span>{place === '' ? '未分乡镇' : place}</span>
              <span className="num">{Math.round(mean)}</span>
              <svg
                viewBox={`0 0 ${width} ${height}`}
                style={{ width: `calc(var(--u) * ${width})` }}
                aria-hidden="true"
              >
                <path d={`M0 ${height / 2}H${width}`} className="study-places-line" />
                <path
                  d={minutes.map((each) => `M${at(each)} .5V${height - 0.5}`).join('')}
                  className="study-places-branches"
                />
                <path d={`M${at(mean)} 0V${height}`} className="study-places-mean" />
              </svg>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
