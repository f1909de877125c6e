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
import { headU, useRowCount } from '../../parts/row-count.ts'
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
/** Of a platform: at least, and by all but its columns. */
const leastHeight = 38
const takenU = 15.6
const tallest = 30
/** Of the facts over the columns, where a platform has a tall place to itself. */
const uprightU = 41
const hourMs = 3_600_000

export function Platforms() {
  const { code } = useCountyFile()
  const { w, h } = useRoom()
  const { value, isFailing } = useTold('/v1/platforms', isHeardPlatforms)
  const link = useLinkFreshness()
  const told = value === null ? [] : heardIn(value.platforms, code)
  const columnsMost = Math.max(1, Math.floor((w + gap) / (leastWidth + gap)))
  const rowsMost = useRowCount(leastHeight)
  const columns = Math.max(1, Math.min(columnsMost, told.length))
  const width = (w + gap) / columns - gap
  const isUpright = told.length === 1 && rowsMost > 1
  const height = isUpright
    ? h - headU - uprightU
    : Math.min(tallest, (h - headU) / rowsMost - takenU)
  return (
    <Panel
      title="接入平台"
      note={told.length === 0 ? undefined : `${told.length} 个 · 近一小时,每五分钟一柱`}
      freshness={value !== null && isFailing ? unanswered(link, instantMs(value.at)) : link}
      testid="platforms"
    >
      {value === null ? (
        (isFailing || link.isCut) && (
          <Sentence broken title="汇聚中心没有回答" next="15 秒后再问;各类数据的时间不受影响" />
        )
      ) : told.length === 0 ? (
        <Sentence title="还没有平台接入" next="为平台建密钥或写明接入方式后显示" />
      ) : (
        <div
          className={isUpright ? 'platforms is-upright' : 'platforms'}
          style={{ ['--platforms' as string]: columns }}
        >
          <Pages
            rows={told}
            perPage={columns * rowsMost}
            render={(each) => (
              <Block
                key={each.platform}
                of={each}
                width={isUpright ? width : width - factsWidth - gap}
                height={height}
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
  /** Of the columns, u. */
  readonly width: number
  readonly height: number
  /** What stands at the left of the hour. */
  readonly began: string
}

function Block({ of: each, width, height, began }: BlockProps) {
  const now = useWall((state) => state.now)
  const { value, decimals } = rateOf(each)
  const all = each.lastHour.reduce((sum, part) => sum + part, 0)
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
          width={width}
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
