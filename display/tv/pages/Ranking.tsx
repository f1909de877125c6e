/** 比积分: the first of the county and of the own township, and where the own branch stands. */
import { useState } from 'react'
import { useCounty } from '../../board.ts'
import { placeOf, thousands } from '../../words.ts'
import { useTable } from '../../board.ts'
import { useMinute, useRanking, useVillage } from '../facts/use-village.ts'
import { column, row } from '../focus/tree.ts'
import { useFocus } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { List } from '../parts/List.tsx'
import { boxStyle, Spot } from '../parts/Spot.tsx'
import { TierSeal } from '../parts/TierSeal.tsx'
import { localDay } from '../../../protocol/time.ts'
import { useTelevision } from '../television.ts'
import { useAge } from '../trust.ts'
import './ranking.css'

/** Who leads is told; who is last is nobody's business in a village hall. */
const mostCounty = 50
const mostTownship = 20

export function Ranking() {
  const { stack } = useTelevision()
  const village = useVillage()
  const { organization, branch } = village
  const township = organization?.township ?? ''
  const [list, setList] = useState<'county' | 'township'>('county')
  const ofTownship = list === 'township' && township !== ''
  const standings = useRanking(ofTownship ? township : null, ofTownship ? mostTownship : mostCounty)
  const townships = useTable('townships')
  const count = useCounty()?.organizations
  const age = useAge('points')
  const month = Number(localDay(useMinute()).slice(5, 7))
  const tabs = ['county', ...(township === '' ? [] : ['township']), 'own']
  const focus = useFocus(
    'ranking',
    row('ranking', [
      column('tabs', tabs),
      column(
        'rows',
        standings.map(({ organization: { id } }) => `row ${id}`),
      ),
    ]),
    {
      onOk(leaf) {
        if (leaf === 'county' || leaf === 'township') setList(leaf)
        else if (leaf !== 'own') stack.open({ page: 'branch', id: leaf.slice(4) })
        else if (organization !== undefined) stack.open({ page: 'branch', id: organization.id })
      },
    },
  )
  const tone = age.phase === 'live' ? 'gold' : 'lo'
  const figure = (value: number) => (age.phase === 'error' ? '—' : thousands(value))
  return (
    <Frame
      title="比积分"
      note={`${month} 月积分${count === undefined ? '' : ` · 全县 ${count} 个党组织`}`}
      age={<span className={age.phase === 'error' ? 'broken' : 'late'}>{age.words}</span>}
      keys="▲ ▼ ◀ ▶ 选   OK 看支部   返回 回首页"
    >
      <section className="tv-own" style={boxStyle([8, 21, 46, 27.4])}>
        <h2 className="mid">本村</h2>
        {branch === undefined ? (
          <p>{age.phase === 'none' ? '正在取积分' : '名册里还没有本村的党组织'}</p>
        ) : (
          <>
            <p className="line">{organization?.name}</p>
            <div className="tv-own-row">
              <TierSeal branch={branch} />
              <div>
                <p className={`num ${tone}`}>{figure(branch.points)}</p>
                <p className="tv-own-rank mid">
                  {age.phase === 'error' ? '' : `全县第 ${branch.rank}`}
                </p>
              </div>
            </div>
          </>
        )}
      </section>
      {tabs.map((tab, at) => (
        <Spot
          key={tab}
          focus={focus}
          id={tab}
          className="spot-card tv-tab"
          at={[8, 50.4 + at * 9.8, 46, 8.6]}
        >
          <span>
            {{ county: '全县榜', township: `${village.township}榜`, own: '我的支部' }[tab]}
          </span>
          {tab === list && <span className="gold">正在看</span>}
        </Spot>
      ))}
      <List
        focus={focus}
        rows={standings}
        idOf={({ organization: { id } }) => `row ${id}`}
        size={6}
        first={[58, 21, 94, 8.6]}
        none={age.phase === 'none' ? '正在取积分' : '本月还没有积分'}
        draw={({ organization: each, branch: its }) => (
          <>
            <span
              className={`num tv-rank ${its.rank <= 3 && age.phase === 'live' ? 'gold' : 'mid'}`}
            >
              {age.phase === 'error' ? '—' : its.rank}
            </span>
            <div className="tv-row-words">
              <p className="tv-row-title line">{each.name}</p>
              <p className="tv-row-line line">{placeOf({ townships }, each)}</p>
            </div>
            <span className={`num tv-points ${tone}`}>{figure(its.points)}</span>
          </>
        )}
      />
    </Frame>
  )
}
