/** 服务团队: every team is a cell, filled while it is out; the names of those that are. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { useTable } from '../../board.ts'
import { Digits } from '../../parts/Digits.tsx'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { ListPages, usePageWords } from '../../parts/ListPages.tsx'
import { ListRow } from '../../parts/ListRow.tsx'
import type { Size } from '../../parts/size.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './teams.css'

const kinds = [
  { kind: 'volunteer', name: '志愿服务队' },
  { kind: 'expert', name: '专家服务队' },
] as const
const figureWidth = 62

export function Teams({ w, h }: Size) {
  const teams = useTable('teams')
  const freshness = useFirstFreshness('services', 'cases', 'organizations')
  const { all, out } = useMemo(() => {
    const all = [...teams.values()]
    const out = all.filter(({ isOut }) => isOut).sort((a, b) => (a.name < b.name ? -1 : 1))
    return { all, out }
  }, [teams])
  const list = { w: w - figureWidth, h }
  const pages = usePageWords(out.length, list)
  const hasNames = w > figureWidth + 30
  return (
    <Panel
      title="服务团队"
      note={[
        `共 ${thousands(all.length)} 支`,
        `${thousands(out.length)} 支在外`,
        ...(hasNames ? pages : []),
      ].join(' · ')}
      freshness={freshness}
      testid="teams"
    >
      {freshness.phase === 'error' ? (
        <Sentence broken title="团队数据中断" next={`出动情况${freshness.until},恢复后自动显示`} />
      ) : (
        <div className="teams">
          <div className="team-figures">
            {kinds.map(({ kind, name }) => (
              <Kind key={kind} name={name} teams={all.filter((team) => team.kind === kind)} />
            ))}
          </div>
          {hasNames &&
            (out.length === 0 ? (
              <Sentence title="当前没有在外的团队" />
            ) : (
              <div className="team-names">
                <ListPages
                  rows={out}
                  size={list}
                  render={({ id, name, kind }) => (
                    <ListRow key={id} name={name} testid="team">
                      {kind === 'expert' ? '专家' : '志愿'}
                    </ListRow>
                  )}
                />
              </div>
            ))}
        </div>
      )}
    </Panel>
  )
}

function Kind({ name, teams }: { readonly name: string; readonly teams: readonly Row<'teams'>[] }) {
  if (teams.length === 0) return null
  const out = teams.filter(({ isOut }) => isOut).length
  return (
    <section className="team-kind">
      <p>
        <Digits value={out} delta testid="teams-out" />
        <span>
          {name}在外
          <small className="fig">共 {thousands(teams.length)} 支</small>
        </span>
      </p>
      <p className="team-cells" aria-hidden="true">
        {teams.map(({ id, isOut }) => (
          <i key={id} className={isOut ? 'is-out' : undefined} />
        ))}
      </p>
    </section>
  )
}
