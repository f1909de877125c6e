/** 视频轮巡: the programme and the tiles that take turns, and who comes next. */
import { useTable, useWall } from '../../board.ts'
import { useOpenings } from '../../director/openings.ts'
import type { Patrol } from '../../director/patrol.ts'
import { useFreshness } from '../../freshness.ts'
import { useKeys } from '../../kiosk/keys.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { useFollowing, usePatrol, usePatroller, type Patroller } from '../../parts/patrol.ts'
import { headU } from '../../parts/row-count.ts'
import { liveAge, useStream, useVideoLink } from '../../parts/video.ts'
import { VideoTile } from '../../parts/VideoTile.tsx'
import { placeOf } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { mosaicOf, type Tile as Box } from './mosaic.ts'
import './patrol-wall.css'

/** As many pictures as a wall decodes at once. */
export const PatrolWall = () => <Mosaic tiles={9} />
/** Where there are no more sites, or where flanks decode as many again. */
export const PatrolWallOfFour = () => <Mosaic tiles={4} />

/** By how much a site leads. */
const whys = ['轮巡', '预警支部开播', '支部会议直播', '乡镇会议直播', '县级会议直播'] as const
/** u beneath the pictures of many, and of few; and beneath the programme of few, where another panel stands. */
const footU = { 9: 10.8, 4: 2.5 } as const
const sitesU = 13.7
const recentMs = 30 * 60_000

function Mosaic({ tiles }: { readonly tiles: 4 | 9 }) {
  const streams = useTable('streams')
  const freshness = useFreshness('video')
  const link = useVideoLink()
  const patroller = usePatroller()
  useFollowing(patroller, tiles, link)
  useUnpin(patroller)
  const patrol = usePatrol()
  const { w, h } = useRoom()
  const boxes = mosaicOf(tiles, { w, h: h - headU - footU[tiles] }, tiles === 4 ? sitesU : 0)
  if (streams.size === 0)
    return (
      <Panel title="视频轮巡" freshness={freshness} testid="patrol">
        <Sentence
          title="当前没有现场画面"
          next="摄像头上线或支部开播后自动轮巡 · 对外屏幕只轮巡已签字公开的画面"
        />
      </Panel>
    )
  return (
    <Panel
      title="视频轮巡"
      note={<Why patrol={patrol} />}
      freshness={liveAge(freshness)}
      testid="patrol"
    >
      <div className="patrol" style={{ height: `calc(var(--u) * ${h - headU - footU[tiles]})` }}>
        {boxes.map((box, at) => (
          <Tile
            // A place keeps its picture's decoder.
            // oxlint-disable-next-line no-array-index-key
            key={at}
            box={box}
            isProgramme={at === 0}
            isPinned={patrol.pin !== null && patrol.tiles[at]?.id === patrol.pin}
            id={patrol.tiles[at]?.id ?? null}
            link={link}
            patroller={patroller}
          />
        ))}
      </div>
      {tiles === 9 && <Foot patrol={patrol} />}
    </Panel>
  )
}

function Why({ patrol }: { readonly patrol: Patrol }) {
  const programme = patrol.tiles[0]?.id
  const ofWall = useWall(({ pinned }) => pinned)
  if (programme !== undefined && programme === patrol.pin)
    return (
      <span className="patrol-pinned">
        主画面已{programme === ofWall ? '上墙' : '定看'} · Esc 取消
      </span>
    )
  const lead = patrol.sites.find(({ id }) => id === programme)?.lead ?? 0
  return <>主画面 · {whys[lead]}</>
}

interface TileProps {
  readonly box: Box
  readonly isProgramme: boolean
  readonly isPinned: boolean
  readonly id: string | null
  readonly link: ReturnType<typeof useVideoLink>
  readonly patroller: Patroller
}

function Tile({ box, isProgramme, isPinned, id, link, patroller }: TileProps) {
  const stream = useStream(id)
  const organization = useTable('organizations').get(stream?.organization ?? '')
  return (
    <div
      className={isProgramme ? 'patrol-tile patrol-programme' : 'patrol-tile'}
      style={{
        left: `calc(var(--u) * ${box.x})`,
        top: `calc(var(--u) * ${box.y})`,
        width: `calc(var(--u) * ${box.w})`,
        height: `calc(var(--u) * ${box.h})`,
      }}
    >
      <VideoTile
        stream={stream}
        link={link}
        isLarge={isProgramme}
        isLasting={isPinned}
        hasRoom
        onState={patroller.report}
      />
      {id !== null && (
        <button
          type="button"
          className="patrol-pin"
          data-testid="tile-pin"
          aria-label={`定看 ${organization?.name ?? stream?.title ?? id}`}
          onClick={() => patroller.pin(id)}
        />
      )}
    </div>
  )
}

function Foot({ patrol }: { readonly patrol: Patrol }) {
  const { now, sites, seen, next, nextAt, turnMs } = patrol
  const streams = useTable('streams')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const [first] = next
  const stream = first === undefined ? undefined : streams.get(first)
  const organization = organizations.get(stream?.organization ?? '')
  const recent = [...seen.values()].filter((at) => now - at < recentMs).length
  const seconds = nextAt === null ? 0 : Math.ceil((nextAt - now) / 1_000)
  return (
    <dl className="patrol-foot">
      <div>
        <dt>下一处</dt>
        <dd className="patrol-next" data-testid="patrol-next" data-source={first ?? ''}>
          {stream === undefined ? (
            '全部在看'
          ) : (
            <>
              <bdi>{organization?.name ?? stream.title}</bdi>
              <small>
                {placeOf({ townships }, organization)} {seconds > 0 ? `${seconds} 秒后` : '即将'}
              </small>
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>近 30 分钟已看</dt>
        <dd className="fig">
          {recent}/{sites.length} 处
        </dd>
      </div>
      <div>
        <dt>每处 {turnMs / 1_000} 秒</dt>
        <dd>点按画面定看</dd>
      </div>
    </dl>
  )
}

/** Escape lets go of the pin; a card that lies over it has the key first. */
function useUnpin(patroller: Patroller): void {
  const { pinCamera } = useOpenings()
  const ofWall = useWall(({ pinned }) => pinned)
  useKeys(({ key }) => {
    const { pin } = patroller.patrol.getState()
    if (key !== 'Escape' || pin === null) return false
    patroller.pin(null)
    if (pin === ofWall) pinCamera(null)
    return true
  })
}
