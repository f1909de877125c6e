/**
 * A believable life of the county, day by day: quiet nights, study in the early morning, meetings at
 * nine, three and half past seven, reviews after them. Pure: the same (county, seed, day) gives the
 * same events, however the days are cut.
 */
import type {
  ActivityForm,
  Event,
  EventData,
  EventKind,
  Feed,
  PointsReason,
} from '../../protocol/events.ts'
import {
  dayMs,
  dayNumber,
  dayOfNumber,
  dayStartMs,
  localDay,
  toInstant,
} from '../../protocol/time.ts'
import { randomOf, type Random } from '../random.ts'
import {
  givenNames,
  stageNames,
  surnames,
  type County,
  type Organization,
} from './xintian-county.ts'
import { countyCameras, type Meeting } from './xintian-cameras.ts'
import { nightTitles, titles } from './xintian-titles.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
/** How far past its own day the events of a plan may fall: reviews and verified orders. */
const spillDays = 2

interface Timed {
  readonly at: number
  readonly event: Event
}

/** Collects the events of one plan; times are whole seconds because the platform's clock prints no fractions. */
class Plan {
  readonly timed: Timed[] = []

  add<K extends EventKind>(
    at: number,
    id: string,
    subject: string,
    kind: K,
    data: EventData<K>,
    rev = 1,
  ): void {
    const whole = Math.floor(at / 1000) * 1000
    const event = {
      source: 'xintian',
      id,
      rev,
      subject,
      county: '431128',
      time: toInstant(whole),
      kind,
      data,
    }
    // `kind` and `data` come in as a pair; the union cannot be built from a type parameter.
    this.timed.push({ at: whole, event: event as Event })
  }

  sorted(): readonly Timed[] {
    return this.timed.toSorted((a, b) => a.at - b.at || (a.event.id < b.event.id ? -1 : 1))
  }
}

const lastOfMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** What a branch holds on a day, from its plan of the month. */
function formsOn(o: Organization, day: string, seed: number): readonly ActivityForm[] {
  if (
    o.quietSince !== undefined &&
    o.resumesOn !== undefined &&
    day > o.quietSince &&
    day < o.resumesOn
  )
    return []
  if (day === o.quietSince) return ['theme-day']
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7))
  const date = Number(day.slice(8, 10))
  const random = randomOf('month', seed, o.id, day.slice(0, 7))
  const last = lastOfMonth(year, month)
  const forms: ActivityForm[] = []
  const on = (wanted: number, form: ActivityForm) => {
    if (Math.min(wanted, last) === date) forms.push(form)
  }
  on(o.themeDay + random.between(-1, 1), 'theme-day')
  // Between two theme days, so that no diligent branch is ever silent for 30 days.
  const second = random.between(1, 10)
  on(
    second,
    !o.isDiligent
      ? 'volunteering'
      : o.kind === 'committee'
        ? 'group-meeting'
        : o.members >= 7
          ? 'branch-committee'
          : 'group-meeting',
  )
  const monthOfQuarter = (month - 1) % 3
  const quarter = randomOf('quarter', seed, o.id, year, Math.floor((month - 1) / 3))
  const meeting = { month: quarter.between(0, 1), date: quarter.between(3, 18) }
  const lecture = { month: quarter.between(0, 1), date: quarter.between(3, 18) }
  if (o.isDiligent && meeting.month === monthOfQuarter) on(meeting.date, 'general-meeting')
  if (o.isDiligent && lecture.month === monthOfQuarter) on(lecture.date, 'lecture')
  if (random.chance(o.liveliness * 0.45)) on(random.between(1, 28), 'volunteering')
  if (random.chance(o.liveliness * 0.25)) on(random.between(1, 28), 'discussion')
  if (month === 12 && o.isDiligent) on(random.between(5, 28), 'life-meeting')
  if (month === 1 && o.isDiligent) on(random.between(5, 28), 'appraisal')
  return forms
}

function startOf(form: ActivityForm, o: Organization, dayStart: number, random: Random): number {
  const evening = o.group === 'territory' || o.group === 'floating' ? 0.24 : 0.06
  const x = random.next()
  const base = x < evening ? 19.5 : x < evening + (form === 'theme-day' ? 0.2 : 0.3) ? 15 : 9
  return (
    dayStart + base * hourMs + random.between(-12, 45) * minuteMs + random.between(0, 59) * 1000
  )
}

const placeOf = (o: Organization) =>
  o.name.replace(/(第.+)?(党支部|党总支|党委|党工委)$/, '') || o.name

const titleFor = (form: ActivityForm, o: Organization, random: Random) =>
  random.pick(titles[form]).replaceAll('{v}', placeOf(o))

/** Reviews are office work: outside 08:00–21:00 they wait for the next morning. */
function officeTime(at: number, random: Random): number {
  const start = dayStartMs(localDay(at))
  if (at < start + 8 * hourMs) return start + 8 * hourMs + random.between(5, 70) * minuteMs
  if (at > start + 21 * hourMs) return start + dayMs + 8 * hourMs + random.between(5, 70) * minuteMs
  return at
}

interface Activity {
  readonly id: string
  readonly form: ActivityForm
  readonly title: string
  readonly startsAt: number
  readonly minutes: number
}

function planActivity(
  plan: Plan,
  o: Organization,
  activity: Activity,
  random: Random,
  signs = 2,
): void {
  const { id, form, title, startsAt, minutes } = activity
  const add = <K extends EventKind>(
    at: number,
    suffix: string,
    kind: K,
    data: EventData<K>,
    rev = 1,
  ) => plan.add(at, `${id}.${suffix}`, o.id, kind, data, rev)
  const home = o.group === 'floating' ? 0 : o.away.reduce((sum, a) => sum + a.members, 0)
  const voters = Math.max(3, o.members - home)
  const expected =
    form === 'branch-committee'
      ? Math.min(7, voters)
      : form === 'volunteering'
        ? Math.ceil(voters * 0.6)
        : voters
  const present = Math.max(
    1,
    Math.min(expected, Math.round(expected * (0.72 + 0.2 * o.liveliness + 0.12 * random.next()))),
  )
  if (random.chance(0.12)) {
    const before = startsAt - random.between(25, 90) * minuteMs
    if (localDay(before) === localDay(startsAt))
      add(before, 'yg', 'activity.announced', {
        activity: id,
        form,
        title,
        startsAt: toInstant(startsAt),
      })
  }
  add(startsAt, 'ks', 'activity.started', { activity: id, form, title })
  for (let i = 1; i <= signs; i += 1) {
    const share = i === signs ? 1 : 0.45 + (0.5 * i) / signs
    add(
      startsAt + (i * Math.min(minutes, 30) * minuteMs) / (signs + 0.5),
      `qd${i}`,
      'activity.signed',
      {
        activity: id,
        present: Math.round(present * share),
        expected,
      },
    )
  }
  const submittedAt = startsAt + (minutes + random.between(5, 70)) * minuteMs
  const submitted = {
    activity: id,
    form,
    title,
    heldAt: toInstant(startsAt),
    present,
    expected,
    photos: random.between(2, 9),
  }
  add(submittedAt, 'sb', 'activity.submitted', submitted)
  add(submittedAt + 20_000, 'jf1', 'points.awarded', {
    points: Math.min(80, 12 + present),
    reason: 'sign-in',
  })
  let townshipAt = officeTime(submittedAt + random.between(20, 240) * minuteMs, random)
  if (random.chance(0.03)) {
    add(townshipAt, 'cs0', 'activity.reviewed', {
      activity: id,
      level: 'township',
      verdict: 'returned',
    })
    const againAt = officeTime(townshipAt + random.between(60, 200) * minuteMs, random)
    add(againAt, 'sb', 'activity.submitted', { ...submitted, photos: submitted.photos + 2 }, 2)
    townshipAt = officeTime(againAt + random.between(20, 60) * minuteMs, random)
  }
  add(townshipAt, 'cs', 'activity.reviewed', { activity: id, level: 'township', verdict: 'passed' })
  const countyAt = officeTime(townshipAt + random.between(30, 900) * minuteMs, random)
  const isReturned = random.chance(0.015)
  add(countyAt, 'zs', 'activity.reviewed', {
    activity: id,
    level: 'county',
    verdict: isReturned ? 'returned' : 'passed',
  })
  if (!isReturned)
    add(countyAt + 5_000, 'jf2', 'points.awarded', {
      points: 40 + Math.round(80 * o.liveliness),
      reason: 'activity',
    })
}

/** Minute of the day at which members study: before work most, at noon a little, in the evening again. */
function studyMinute(random: Random): number {
  const x = random.next()
  const around = (hour: number, width: number) =>
    hour * 60 + (random.next() + random.next() - 1) * width
  const minute =
    x < 0.42
      ? around(7.2, 90)
      : x < 0.56
        ? around(12.7, 80)
        : x < 0.9
          ? around(20.2, 130)
          : around(14.5, 420)
  return Math.max(5, Math.min(1_425, minute))
}

function planStudy(plan: Plan, o: Organization, day: string, start: number, random: Random): void {
  const share = 0.144 * (0.8 + 0.4 * random.next())
  const reports = o.members >= 45 ? random.between(1, 2) : random.chance(0.42) ? 1 : 0
  const odds = o.members >= 45 ? 1.5 : 0.42
  for (let i = 0; i < reports; i += 1) {
    const learners = Math.max(1, Math.min(o.members, Math.round((o.members * share) / odds)))
    plan.add(
      start + studyMinute(random) * minuteMs,
      `xx-${o.id}-${day}-${i}`,
      o.id,
      'study.logged',
      {
        learners,
        minutes: learners * random.between(64, 82),
      },
    )
  }
}

const extraReasons: readonly PointsReason[] = ['study', 'study', 'study', 'quiz', 'reflection']

function planPoints(plan: Plan, o: Organization, day: string, start: number, random: Random): void {
  if (o.quietSince !== undefined && day > o.quietSince && random.chance(0.8)) return
  if (!random.chance(0.1 + 0.28 * o.liveliness)) return
  const reason = random.pick(extraReasons)
  plan.add(start + studyMinute(random) * minuteMs, `jf-${o.id}-${day}`, o.id, 'points.awarded', {
    points: Math.round((26 + random.between(0, 64)) * (0.5 + o.liveliness)),
    reason,
  })
}

interface MonthOfDues {
  /** Members of a branch who do not pay this month: 184 in 31 branches. */
  readonly unpaid: ReadonlyMap<string, number>
}
const unpaidMembers = 184
const unpaidBranches = 31

function duesOf(county: County, month: string, seed: number): MonthOfDues {
  const random = randomOf('dues', seed, month)
  const owing = random
    .shuffled(county.organizations.filter((o) => o.village !== undefined && o.members >= 14))
    .slice(0, unpaidBranches)
  const unpaid = new Map(owing.map((o) => [o.id, 1]))
  for (let left = unpaidMembers - owing.length; left > 0;) {
    const o = random.pick(owing)
    const now = unpaid.get(o.id) ?? 0
    if (now >= 12) continue
    unpaid.set(o.id, now + 1)
    left -= 1
  }
  return { unpaid }
}

function planDues(plan: Plan, county: County, day: string, start: number, seed: number): void {
  const date = Number(day.slice(8, 10))
  if (date > 10) return
  const month = day.slice(0, 7)
  const { unpaid } = duesOf(county, month, seed)
  for (const o of county.organizations) {
    const random = randomOf('pay', seed, o.id, month)
    if (Math.min(random.between(1, 10), random.between(1, 10)) !== date) continue
    const at = start + random.between(8 * 60, 21 * 60) * minuteMs + random.between(0, 59_000)
    plan.add(at, `df-${o.id}-${month}`, o.id, 'dues.paid', {
      month,
      members: o.members - (unpaid.get(o.id) ?? 0),
    })
    plan.add(at + 4_000, `jfdf-${o.id}-${month}`, o.id, 'points.awarded', {
      points: unpaid.has(o.id) ? 12 : 30,
      reason: 'dues',
    })
  }
}

function planOrders(plan: Plan, county: County, day: string, start: number, random: Random): void {
  const villages = county.organizations.filter(
    (o) => o.village !== undefined && o.id.endsWith('01'),
  )
  const total = random.between(58, 70)
  for (let i = 0; i < total; i += 1) {
    const o = random.pick(villages)
    const order = `sd-${day.replaceAll('-', '')}-${String(i + 1).padStart(3, '0')}`
    const requested =
      start +
      (random.chance(0.55) ? random.between(420, 720) : random.between(720, 1_290)) * minuteMs +
      random.between(0, 59_000)
    const dispatched = requested + random.between(2, 12) * minuteMs
    const accepted = dispatched + random.between(3, 35) * minuteMs
    const verified =
      accepted +
      (random.chance(0.6) ? random.between(25, 240) : random.between(300, 1_500)) * minuteMs
    const add = (at: number, suffix: string, stage: EventData<'order.advanced'>['stage']) =>
      plan.add(at, `${order}.${suffix}`, o.id, 'order.advanced', { order, stage })
    add(requested, '1', 'requested')
    add(dispatched, '2', 'dispatched')
    add(accepted, '3', 'accepted')
    if (random.chance(0.985)) add(verified, '4', 'verified')
  }
}

function planBlips(plan: Plan, county: County, day: string, start: number, random: Random): void {
  const candidates = county.organizations.filter(
    (o) => o.online && o.quietSince === undefined && !isStage(o),
  )
  for (let i = 0; i < 5; i += 1) {
    const o = random.pick(candidates)
    const at = start + random.between(0, 1_320) * minuteMs
    plan.add(at, `lx-${day}-${i}`, o.id, 'branch.offline', {})
    plan.add(at + random.between(15, 75) * minuteMs, `sx-${day}-${i}`, o.id, 'branch.online', {})
  }
}

function planReminders(
  plan: Plan,
  county: County,
  day: string,
  start: number,
  random: Random,
): void {
  for (const o of county.organizations) {
    if (o.quietSince === undefined || (o.resumesOn !== undefined && day >= o.resumesOn)) continue
    const silent = dayNumber(day) - dayNumber(o.quietSince)
    const by = silent === 32 || silent === 61 ? 'township' : silent === 91 ? 'county' : undefined
    if (by)
      plan.add(
        start + random.between(530, 660) * minuteMs,
        `db-${o.id}-${day}`,
        o.id,
        'warning.reminded',
        { rule: 'silence', by },
      )
  }
}

/** Branches of which the platform looks through the members once a month; a check finds nobody in most of them. */
const checkedBranches = 48

function checkedOf(
  county: County,
  what: 'members' | 'dues',
  seed: number,
): readonly Organization[] {
  const branches = county.organizations.filter(
    (o) => o.village !== undefined && o.kind === 'branch' && o.members >= 14 && !isStage(o),
  )
  return randomOf('checked', what, seed).shuffled(branches).slice(0, checkedBranches)
}

/** Members who never attend or pay, are out of contact, away, or behind with their study; each branch on its own day of the month. */
function planMemberChecks(
  plan: Plan,
  county: County,
  day: string,
  start: number,
  seed: number,
): void {
  const date = Number(day.slice(8, 10))
  const isLate = day.slice(5, 7) >= '09'
  for (const o of checkedOf(county, 'members', seed)) {
    if (randomOf('check-day', seed, o.id).between(1, 28) !== date) continue
    const random = randomOf('check', seed, o.id, day.slice(0, 7))
    const some = (chance: number, most: number) =>
      random.chance(chance) ? random.between(1, most) : 0
    const lost = some(0.12, 2)
    plan.add(
      start + random.between(9 * 60, 17 * 60) * minuteMs,
      `hc-${o.id}-${day}`,
      o.id,
      'members.checked',
      {
        lost,
        lostLong: random.chance(0.2) ? lost : 0,
        away: some(0.1, 2),
        quitting: some(0.2, 3),
        abroad: some(0.04, 1),
        belowHours: isLate ? some(0.3, 4) : 0,
        exempt: random.between(0, 4),
      },
    )
  }
}

/** Members whose points the platform publishes: the liveliest, of many branches. */
const scoredMembers = 40

/** In the evening, what each of them has this month; more each day. */
function planScores(plan: Plan, county: County, day: string, start: number, seed: number): void {
  const month = day.slice(0, 7)
  const branches = randomOf('scored', seed)
    .shuffled(county.organizations.filter(({ kind, online }) => kind === 'branch' && online))
    .slice(0, scoredMembers)
  for (const [at, o] of branches.entries()) {
    const member = `dy-${o.id}`
    const person = randomOf('member', seed, member)
    let points = 0
    for (let date = 1; date <= Number(day.slice(8, 10)); date += 1)
      points += randomOf('score', seed, member, month, date).between(1, 9 + (at % 12))
    plan.add(
      start + (21 * 60 + person.between(0, 40)) * minuteMs,
      `jf-${member}-${day}`,
      o.id,
      'member.scored',
      { member, name: `${person.pick(surnames)}*${person.pick(givenNames)}`, month, points },
    )
  }
}

/** Some members' dues are set anew, and held against their pay. */
function planDuesChecks(
  plan: Plan,
  county: County,
  day: string,
  start: number,
  seed: number,
): void {
  const date = Number(day.slice(8, 10))
  for (const o of checkedOf(county, 'dues', seed)) {
    if (randomOf('dues-day', seed, o.id).between(1, 28) !== date) continue
    const month = day.slice(0, 7)
    const random = randomOf('dues-check', seed, o.id, month)
    plan.add(
      start + random.between(9 * 60, 17 * 60) * minuteMs,
      `bz-${o.id}-${month}`,
      o.id,
      'dues.checked',
      {
        month,
        members: random.between(3, 8),
        below: random.chance(0.25) ? random.between(1, 3) : 0,
      },
    )
  }
}

const isStage = (o: Organization) => stageNames.some((name) => name === o.name)

/** What the four cameras show; from the day the demo begins, so that no branch looks as if it met daily for months. */
interface Scene {
  readonly fromMinute: number
  /** Set where the stream shows an activity of its own. */
  readonly form?: ActivityForm
  readonly titles: readonly [string, string, string, string]
}
const scenes: readonly Scene[] = [
  {
    fromMinute: 0,
    titles: [
      '线上组织生活·昨日主题党日录播',
      '线上组织生活·党课录播',
      '党群服务中心·夜间值守',
      '线上组织生活·流动党员微党课',
    ],
  },
  {
    fromMinute: 390,
    titles: [
      '党群服务中心·晨读学习',
      '党群服务中心·开门服务',
      '村级活动室·晨间准备',
      '流动党员之家·早班签到',
    ],
  },
  {
    fromMinute: 530,
    form: 'theme-day',
    titles: [
      '向金陵中学捐赠课桌椅 260 套',
      '党员突击队清理灌渠 1.2 公里',
      '支部书记讲党课:古村保护与和美乡村',
      '线上线下同步学习 寮步镇分会场',
    ],
  },
  {
    fromMinute: 715,
    titles: [
      '党群服务中心·午间便民窗口',
      '彭梓城村文化广场',
      '谈文溪古村游客服务点',
      '流动党员之家·午间学习',
    ],
  },
  {
    fromMinute: 870,
    form: 'discussion',
    titles: [
      '屋场恳谈会:村道硬化走线',
      '党员议事:太阳能路灯选点',
      '院落议事:古民居修缮方案',
      '流动党员议事:返乡创业场地',
    ],
  },
  {
    fromMinute: 1_060,
    titles: [
      '党员志愿服务岗·接放学',
      '助农直播间·脐橙帮销',
      '党群服务中心·便民代办',
      '流动党员之家·法律咨询',
    ],
  },
  {
    fromMinute: 1_165,
    form: 'lecture',
    titles: [
      '夜校党课:富硒产业怎么干',
      '屋场夜话:移风易俗大家谈',
      '老党员讲党课:修水库的那些年',
      '线上党课:身在他乡不忘党',
    ],
  },
  {
    fromMinute: 1_330,
    titles: [
      '线上组织生活·夜学回放',
      '党群服务中心·夜间值守',
      '线上组织生活·党课录播',
      '线上组织生活·支部党员大会录播',
    ],
  },
]

function planStreams(plan: Plan, county: County, day: string, start: number, seed: number): void {
  if (day < county.asOf) return
  stageNames.forEach((name, index) => {
    const o = county.organizations.find((candidate) => candidate.name === name)
    if (!o) return
    const stream = `xintian-${index + 1}`
    scenes.forEach((scene, i) => {
      const title = scene.titles[index] ?? o.name
      // Each camera changes at its own minute; the day's first scene begins at midnight sharp.
      const at = start + (i === 0 ? index : scene.fromMinute * 60 + index * 170) * 1000
      const activity = scene.form && `sp-${day.replaceAll('-', '')}-${index + 1}-${i}`
      if (i > 0) plan.add(at - 1_000, `${stream}-${day}-${i}.js`, o.id, 'stream.down', { stream })
      if (scene.form && activity) {
        const form = index === 2 && scene.form === 'theme-day' ? 'lecture' : scene.form
        planActivity(
          plan,
          o,
          { id: activity, form, title, startsAt: at, minutes: 110 },
          randomOf('stage', seed, activity),
          6,
        )
      }
      plan.add(at, `${stream}-${day}-${i}.ks`, o.id, 'stream.up', {
        stream,
        title,
        ...(activity && { activity }),
      })
    })
  })
}

/** What a branch holds on a day. */
function planActivities(
  plan: Plan,
  o: Organization,
  day: string,
  seed: number,
  random: Random,
): Activity[] {
  return formsOn(o, day, seed).map((form, i) => {
    const activity = {
      id: `hd-${o.id}-${day.replaceAll('-', '')}-${i}`,
      form,
      title: titleFor(form, o, random),
      startsAt: startOf(form, o, dayStartMs(day), random) + i * 95 * minuteMs,
      minutes: random.between(45, 95),
    }
    planActivity(plan, o, activity, random)
    return activity
  })
}

/** What the cameras of the villages show on a day, by camera: as it is told in the events of that day. */
export function meetingsOn(
  county: County,
  day: string,
  seed: number,
): ReadonlyMap<string, readonly Meeting[]> {
  return new Map(
    countyCameras(county).map(({ id, organization }) => [
      id,
      planActivities(
        new Plan(),
        organization,
        day,
        seed,
        randomOf('day', seed, organization.id, day),
      )
        .toSorted((a, b) => a.startsAt - b.startsAt)
        .map(({ form, startsAt, minutes }) => ({
          form,
          fromMs: startsAt,
          toMs: startsAt + minutes * minuteMs,
        })),
    ]),
  )
}

/** The villages' cameras: their rooms in the hours of the day, a few at night, and every meeting that is held before them. */
function planCameras(
  plan: Plan,
  county: County,
  day: string,
  start: number,
  seed: number,
  activities: ReadonlyMap<string, readonly Activity[]>,
): void {
  if (day < county.asOf) return
  for (const { id: stream, organization: o, title } of countyCameras(county)) {
    if (isStage(o)) continue
    const random = randomOf('camera', seed, stream, day)
    const [opens, closes] = [random.between(440, 500), random.between(1_275, 1_315)].map(
      (minute) => start + minute * minuteMs,
    )
    const turns: { readonly at: number; readonly title: string; readonly activity?: string }[] = []
    if (random.chance(0.15)) turns.push({ at: start, title: `${title}·夜间值守` })
    turns.push({ at: opens ?? start, title })
    for (const { id: activity, title: what, startsAt, minutes } of activities.get(o.id) ?? [])
      turns.push(
        { at: startsAt, title: what, activity },
        { at: startsAt + minutes * minuteMs, title },
      )
    turns.sort((a, b) => a.at - b.at)
    turns.forEach(({ at, ...shown }, i) => {
      if (i > 0) plan.add(at - 1_000, `${stream}-${day}-${i}.js`, o.id, 'stream.down', { stream })
      plan.add(at, `${stream}-${day}-${i}.ks`, o.id, 'stream.up', { stream, ...shown })
    })
    const last = turns.at(-1)?.at ?? start
    plan.add(
      Math.max(closes ?? start, last + minuteMs),
      `${stream}-${day}.js`,
      o.id,
      'stream.down',
      {
        stream,
      },
    )
  }
}

/** All events that begin in one day; some fall up to two days later. */
function planDay(county: County, day: string, seed: number): readonly Timed[] {
  const plan = new Plan()
  const start = dayStartMs(day)
  const filmed = new Map<string, Activity[]>()
  for (const o of county.organizations) {
    const random = randomOf('day', seed, o.id, day)
    filmed.set(o.id, planActivities(plan, o, day, seed, random))
    planStudy(plan, o, day, start, random)
    planPoints(plan, o, day, start, random)
  }
  planDues(plan, county, day, start, seed)
  planMemberChecks(plan, county, day, start, seed)
  planDuesChecks(plan, county, day, start, seed)
  planScores(plan, county, day, start, seed)
  const random = randomOf('county-day', seed, day)
  planOrders(plan, county, day, start, random)
  planBlips(plan, county, day, start, random)
  planReminders(plan, county, day, start, random)
  planStreams(plan, county, day, start, seed)
  planCameras(plan, county, day, start, seed, filmed)
  return plan.sorted()
}

/** Plans of the last few days: a live feed asks for the same day every second. */
const plans = new WeakMap<County, Map<string, readonly Timed[]>>()

function planOf(county: County, day: string, seed: number): readonly Timed[] {
  const own = plans.get(county) ?? new Map<string, readonly Timed[]>()
  plans.set(county, own)
  const key = `${seed} ${day}`
  let plan = own.get(key)
  if (!plan) {
    plan = planDay(county, day, seed)
    own.set(key, plan)
    if (own.size > 6) own.delete(own.keys().next().value ?? '')
  }
  return plan
}

/** Index of the first event at or after `at`. */
function firstAt(timed: readonly Timed[], at: number): number {
  let low = 0
  let high = timed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((timed[middle]?.at ?? Infinity) < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Events with fromMs ≤ time < toMs, in order of time. */
export function* eventsBetween(
  county: County,
  fromMs: number,
  toMs: number,
  seed: number,
): Generator<Event> {
  const last = dayNumber(localDay(toMs - 1))
  for (let number = dayNumber(localDay(fromMs)); number <= last; number += 1) {
    const start = Math.max(fromMs, dayStartMs(dayOfNumber(number)))
    const end = Math.min(toMs, dayStartMs(dayOfNumber(number + 1)))
    const today: Timed[] = []
    for (let back = spillDays; back >= 0; back -= 1) {
      const plan = planOf(county, dayOfNumber(number - back), seed)
      for (let i = firstAt(plan, start); i < plan.length; i += 1) {
        const timed = plan[i]
        if (!timed || timed.at >= end) break
        today.push(timed)
      }
    }
    today.sort((a, b) => a.at - b.at || (a.event.id < b.event.id ? -1 : 1))
    for (const { event } of today) yield event
  }
}

const liveSlotMs = 150_000
const liveSpillMs = 20 * minuteMs

function planSpontaneous(county: County, slot: number, seed: number): readonly Timed[] {
  const plan = new Plan()
  const random = randomOf('lively', seed, slot)
  const start = slot * liveSlotMs
  const candidates = county.organizations.filter(
    (o) => o.online && o.quietSince === undefined && o.kind === 'branch',
  )
  const o = random.pick(candidates)
  const hour = Math.floor((start - dayStartMs(localDay(start))) / hourMs)
  const isNight = hour < 6 || hour >= 22
  const form: ActivityForm = random.chance(0.6) ? 'volunteering' : 'discussion'
  const title = isNight ? random.pick(nightTitles) : titleFor(form, o, random)
  const id = `zf-${slot}`
  const at = start + random.between(0, 100) * 1000
  const expected = Math.max(5, Math.min(40, Math.ceil(o.members * 0.7)))
  const present = Math.max(3, Math.round(expected * (0.75 + 0.25 * random.next())))
  const add = <K extends EventKind>(seconds: number, suffix: string, kind: K, data: EventData<K>) =>
    plan.add(at + seconds * 1000, `${id}.${suffix}`, o.id, kind, data)
  add(0, 'ks', 'activity.started', { activity: id, form, title })
  for (let i = 1; i <= 11; i += 1) {
    add(i * 55 + random.between(-12, 12), `qd${i}`, 'activity.signed', {
      activity: id,
      present: Math.ceil((present * i) / 11),
      expected,
    })
  }
  add(690, 'sb', 'activity.submitted', {
    activity: id,
    form,
    title,
    heldAt: toInstant(at),
    present,
    expected,
    photos: random.between(2, 6),
  })
  add(695, 'jf', 'points.awarded', { points: random.between(8, 24), reason: 'sign-in' })
  add(800, 'cs', 'activity.reviewed', { activity: id, level: 'township', verdict: 'passed' })
  add(1_000, 'zs', 'activity.reviewed', { activity: id, level: 'county', verdict: 'passed' })
  for (let i = 0; i < 14; i += 1) {
    const who = random.pick(candidates)
    plan.add(
      start + i * 10_500 + random.between(0, 6_000),
      `${id}.p${i}`,
      who.id,
      'points.awarded',
      {
        points: random.between(2, 12),
        reason: random.pick(extraReasons),
      },
    )
  }
  return plan.sorted()
}

/** Unplanned life on top of the day, about 12 events a minute at any hour, fromMs ≤ time < toMs. */
export function spontaneousBetween(
  county: County,
  fromMs: number,
  toMs: number,
  seed: number,
): readonly Event[] {
  const found: Timed[] = []
  const last = Math.floor((toMs - 1) / liveSlotMs)
  for (let slot = Math.floor((fromMs - liveSpillMs) / liveSlotMs); slot <= last; slot += 1) {
    for (const timed of planSpontaneous(county, slot, seed))
      if (timed.at >= fromMs && timed.at < toMs) found.push(timed)
  }
  return found.toSorted((a, b) => a.at - b.at).map(({ event }) => event)
}

/** Feeds that this platform has. */
export const cadenceSeconds = {
  organizations: 30,
  activities: 10,
  video: 10,
  points: 10,
  study: 60,
  cases: 15,
  term: 3_600,
  dues: 600,
} as const satisfies Partial<Readonly<Record<Feed, number>>>

/** The platform's reports that its feeds are complete: the latest of each feed in fromMs < time ≤ toMs. */
export function reportsBetween(fromMs: number, toMs: number): readonly Event[] {
  const plan = new Plan()
  for (const [feed, seconds] of Object.entries(cadenceSeconds) as [Feed, number][]) {
    const at = Math.floor(toMs / (seconds * 1000)) * seconds * 1000
    if (at > fromMs)
      plan.add(at, `sj-${feed}-${at / 1000}`, 'xintian', 'source.reported', {
        feed,
        cadenceSeconds: seconds,
      })
  }
  return plan.timed.map(({ event }) => event)
}

/** A report of every feed at once, for the moment at which a backfill is complete. */
export function reportsAt(atMs: number): readonly Event[] {
  const plan = new Plan()
  for (const [feed, seconds] of Object.entries(cadenceSeconds) as [Feed, number][]) {
    plan.add(atMs, `sj-${feed}-${Math.floor(atMs / 1000)}`, 'xintian', 'source.reported', {
      feed,
      cadenceSeconds: seconds,
    })
  }
  return plan.timed.map(({ event }) => event)
}
