/** 接入平台: how much each platform sends, what waits there, and what went wrong last. */
import { heardParts, type HeardPlatform, type HeardPlatforms } from '../../../protocol/heard.ts'
import { useWall } from '../../board.ts'
import { isHeardPlatforms } from '../../checks.ts'
import { useCountyFile } from '../../county.ts'
import { clockTime, useLinkFreshness, type Freshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Columns } from '../../parts/Columns.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { Pages } from '../../parts/Pages.tsx'
import { useTold } from '../../parts/told.ts'
import { platformName, thousands } from '../../words.ts'
import { instantMs } from '../../../protocol/time.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { factsOf, heardIn, rateOf } from './heard.ts'
import './platforms.css'

/** u. */
const leastWidth = 72
const gap = 5
const factsWidth = 36
/** Of the head, the foot and the space around the columns. */
const takenU = 21
const hourMs = 3_600_000

export function Platforms() {
  const { code } = useCountyFile()
  const { w, h } = useRoom()
  const { value, isFailing } = useTold('/v1/platforms', isHeardPlatforms)
  const link = useLinkFreshness()
  const told = value === null ? [] : heardIn(value.platforms, code)
  const perPage = Math.max(1, Math.floor((w + gap) / (leastWidth + gap)))
  const columns = Math.max(1, Math.min(perPage, told.length))
  const width = (w + gap) / columns - gap
  return (
    <Panel
      title="接入平台"
      note={told.length === 0 ? undefined : `${told.length} 个 · 近一小时,每五分钟一柱`}
      freshness={value !== null && isFailing ? unanswered(link, instantMs(value.at)) : link}
      testid="platforms"
    >
      {value === null ? (
        isFailing && (
          <Sentence broken title="汇聚中心没有回答" next="15 秒后再问;各类数据的时间不受影响" />
        )
      ) : told.length === 0 ? (
        <Sentence title="还没有平台接入" next="为平台建密钥或写明接入方式后显示" />
      ) : (
        <div className="platforms" style={{ ['--platforms' as string]: columns }}>
          <Pages
            rows={told}
            perPage={perPage}
            render={(each) => (
              <Block
                key={each.platform}
                of={each}
                width={width}
                height={h - takenU}
                began={beganOf(value)}
              />
            )}
          />
        </div>
      )}
    </Panel>
  )
}

/** The relay is there, but its last answer is old. */
function unanswered(link: Freshness, at: number): Freshness {
  if (link.isCut) return link
  const until = `截至 ${clockTime(at)}`
  return { ...link, phase: 'stale', until, mark: { status: 'late', asOf: at, text: until } }
}

/** Before the relay started nobody counted: no event then is not the same as none told. */
function beganOf({ at, startedAt }: HeardPlatforms): string {
  return instantMs(at) - instantMs(startedAt) < hourMs
    ? `${clockTime(instantMs(startedAt))} 启动后开始计`
    : '60 分钟前'
}

interface BlockProps {
  readonly of: HeardPlatform
  /** u; the height is of the columns. */
  readonly width: number
  readonly height: number
  /** What stands at the left of the hour. */
  readonly began: string
}

function Block({ of: each, width, height, began }: BlockProps) {
  const now = useWall((state) => state.now)
  const { value, decimals } = rateOf(each)
  const all = each.lastHour.reduce((sum, part) => sum + part, 0)
  const chart = width - factsWidth - gap
  return (
    <li className="platform" data-testid="platform" data-platform={each.platform}>
      <div className="platform-facts">
        <p className="platform-name">{platformName(each.platform)}</p>
        <p className="platform-rate">
          <Digits value={value} decimals={decimals} testid="platform-rate" />
          <small>条 / 分钟</small>
        </p>
        <dl>
          {factsOf(each, now).map(({ label, text, isLate }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className={isLate === true ? 'fig late' : 'fig'}>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="platform-hour">
        <Columns
          columns={each.lastHour.map((part, at) => ({
            values: [part],
            tones: [at === heardParts - 1 ? 'gold' : 'bar'],
          }))}
          width={chart}
          height={height}
          label={`近一小时收到 ${thousands(all)} 条`}
        />
        <p className="platform-foot fig">
          <span>{began}</span>
          <span>
            共 <b>{thousands(all)}</b> 条
          </span>
          <span>此刻</span>
        </p>
      </div>
    </li>
  )
}
