/** Xintian's two hundred cameras: one in each of so many villages, and the four of the demo's stage. Pure. */
import type { ActivityForm } from '../../protocol/events.ts'
import { randomOf } from '../random.ts'
import { stageNames, townshipShapes, type County, type Organization } from './xintian-county.ts'

const cameraCount = 200

/** What is wrong with a camera for as long as the demo runs; `shaky` is lost for minutes, again and again. */
export type Trouble = 'none' | 'lost' | 'shaky' | 'frozen' | 'dark'

export interface CountyCamera {
  readonly id: string
  readonly organization: Organization
  /** Where it hangs. */
  readonly title: string
  readonly trouble: Trouble
  /** Who signed for showing it on public screens, where somebody did. */
  readonly clearedBy: string | undefined
  /** 0 … 999: which of the loops that would do it shows. */
  readonly variety: number
}

const signers = ['县委组织部 周敏', '县委组织部 陈立新', '县融媒体中心 唐雪梅'] as const
const stageTitles = ['党群服务中心', '田间', '屋场小院', '线上支部会'] as const

/** In the order of the feed's streams; the four of the stage first. The same county has the same cameras. */
export function countyCameras(county: County): readonly CountyCamera[] {
  const random = randomOf('county-cameras', county.seed)
  const townships = new Map(townshipShapes.map(({ code, name }) => [code, name]))
  const stage = stageNames.flatMap((name, index) => {
    const organization = county.organizations.find((o) => o.name === name)
    const place = organization === undefined ? '' : placeOf(organization, townships)
    return organization === undefined
      ? []
      : [
          {
            id: `xintian-${index + 1}`,
            organization,
            title: `${place} ${stageTitles[index] ?? ''}`,
            trouble: 'none' as const,
            clearedBy: undefined,
            variety: index,
          },
        ]
  })
  const villages = random
    .shuffled(county.organizations.filter(isVillage))
    .slice(0, cameraCount - stage.length)
  return [
    ...stage,
    ...villages.map((organization, index): CountyCamera => {
      // By share of all, not by chance, so that every demo has some of each.
      const at = index % 50
      const trouble: Trouble =
        at === 7 || at === 31
          ? 'lost'
          : at === 13
            ? 'shaky'
            : at === 22
              ? 'frozen'
              : at === 40
                ? 'dark'
                : 'none'
      return {
        id: cameraOf(organization),
        organization,
        title: `${placeOf(organization, townships)} 党群服务中心`,
        trouble,
        clearedBy: random.chance(0.3) ? random.pick(signers) : undefined,
        variety: random.between(0, 999),
      }
    }),
  ]
}

export const cameraOf = ({ id }: Organization): string => `cam-${id}`

const isVillage = (o: Organization): boolean =>
  o.village !== undefined && o.id.endsWith('01') && !stageNames.some((name) => name === o.name)

function placeOf(o: Organization, townships: ReadonlyMap<string, string>): string {
  if (o.group === 'floating') return '流动党员'
  return `${townships.get(o.township) ?? ''}${o.name.replace(/党(支部|总支|委)$/, '')}`
}

/** A meeting that a camera shows. */
export interface Meeting {
  readonly form: ActivityForm
  readonly fromMs: number
  readonly toMs: number
}

const rooms = ['service', 'empty', 'service', 'empty', 'empty'] as const
const byDay: Readonly<Record<ActivityForm, readonly string[]>> = {
  'theme-day': ['hall', 'courtyard', 'assembly', 'field'],
  'general-meeting': ['assembly', 'hall'],
  'branch-committee': ['table'],
  'group-meeting': ['table', 'courtyard'],
  lecture: ['hall', 'courtyard'],
  'life-meeting': ['table', 'assembly'],
  appraisal: ['assembly', 'table'],
  talk: ['table'],
  volunteering: ['street', 'field'],
  discussion: ['courtyard', 'table'],
}
const byNight: Readonly<Record<ActivityForm, readonly string[]>> = {
  'theme-day': ['evening', 'night'],
  'general-meeting': ['evening'],
  'branch-committee': ['evening'],
  'group-meeting': ['night', 'evening'],
  lecture: ['evening', 'night'],
  'life-meeting': ['evening'],
  appraisal: ['evening'],
  talk: ['evening'],
  volunteering: ['night'],
  discussion: ['night', 'evening'],
}
const stageScenes = [
  ['hall', 'evening', 'evening'],
  ['field', 'evening', 'closed'],
  ['courtyard', 'night', 'closed'],
  ['online', 'online', 'online'],
] as const

/** How many loops there are of each scene. */
const loopsOf: Readonly<Record<string, number>> = {
  hall: 3,
  field: 2,
  courtyard: 2,
  online: 1,
  service: 4,
  empty: 4,
  table: 3,
  assembly: 2,
  street: 2,
  evening: 2,
  night: 2,
  closed: 2,
  dark: 1,
}

/** Of each scene one, then others of the same. */
export function loopNames(): readonly string[] {
  const most = Math.max(...Object.values(loopsOf))
  return Array.from({ length: most }, (_, at) =>
    Object.entries(loopsOf).flatMap(([scene, count]) => (at < count ? [`${scene}-${at + 1}`] : [])),
  ).flat()
}

/** The loop that a camera shows at an hour (0 … 24) of the day, in a meeting or without one. */
export function loopFor(
  camera: CountyCamera,
  hour: number,
  meeting: ActivityForm | undefined,
): string {
  const { id, trouble, variety } = camera
  const isNight = hour < 6.5 || hour >= 18.25
  const isLate = hour < 6 || hour >= 22
  const loop = (scene: string) => `${scene}-${(variety % (loopsOf[scene] ?? 1)) + 1}`
  const pick = (scenes: readonly string[]) => loop(scenes[variety % scenes.length] ?? 'empty')
  if (trouble === 'dark') return 'dark-1'
  const stage = /^xintian-(\d)$/.exec(id)?.[1]
  if (stage !== undefined) {
    const scene = stageScenes[Number(stage) - 1]?.[isLate ? 2 : isNight ? 1 : 0] ?? 'hall'
    return `${scene}-1`
  }
  if (meeting !== undefined) return pick((isNight ? byNight : byDay)[meeting])
  if (isNight) return loop('closed')
  const isOpen = (hour >= 8.5 && hour < 12) || (hour >= 14 && hour < 17.5)
  return isOpen ? pick(rooms) : loop('empty')
}
