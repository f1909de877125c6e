/** What of the board the patrol goes by: pure. */
import type { Board, Row } from '../../protocol/board.ts'
import { instantMs } from '../../protocol/time.ts'
import type { Camera } from '../../protocol/video.ts'
import type { Site } from './patrol.ts'

/** A warned branch leads for so long after it went live. */
const justMs = 10 * 60_000
const weights = { meeting: 3, silent: 2, usual: 1 } as const
/** Orange: no activity for two months, by the usual rules. */
const silentLevel = 3

type Tables = Pick<Board, 'streams' | 'organizations' | 'branches' | 'warnings'>

/** `cameras` as the relay tells of them, where it does. */
export function sitesOf(
  board: Tables,
  now: number,
  cameras: ReadonlyMap<string, Pick<Camera, 'health' | 'organization'>> | null = null,
  pinned: string | null = null,
): readonly Site[] {
  const warned = warnedIn(board)
  const sites = [...board.streams.values()].map((stream) => {
    const { id, organization } = stream
    const isMeeting = stream.activity !== null
    const isSilent = (board.branches.get(organization)?.level ?? 0) >= silentLevel
    const isJustUp = now - instantMs(stream.since) < justMs && warned.has(organization)
    return {
      id,
      organization,
      lead: isMeeting ? leadOf(board.organizations.get(organization)) : Number(isJustUp),
      weight: isMeeting ? weights.meeting : isSilent ? weights.silent : weights.usual,
      ...unwellOf(cameras?.get(id)),
    }
  })
  const camera = pinned === null || board.streams.has(pinned) ? undefined : cameras?.get(pinned)
  if (pinned === null || camera === undefined) return sites
  // Nothing is told to be going on there, and somebody wants to see it.
  const { organization } = camera
  return [...sites, { id: pinned, organization, lead: 0, weight: weights.usual }]
}

function unwellOf(camera: Pick<Camera, 'health'> | undefined): Pick<Site, 'unwell'> {
  if (camera === undefined) return {}
  const { state: kind, since, why = '' } = camera.health
  if (kind === 'ok' || kind === 'unknown') return {}
  return { unwell: { kind, since: instantMs(since), why } }
}

/** The county's own meeting before a township's, and that before a branch's. */
function leadOf(organization: Row<'organizations'> | undefined): number {
  if (organization?.kind !== 'committee') return 2
  return organization.township === '' ? 4 : 3
}

function warnedIn({ warnings }: Tables): ReadonlySet<string> {
  const warned = new Set<string>()
  for (const { level, organization } of warnings.values()) if (level > 1) warned.add(organization)
  return warned
}
