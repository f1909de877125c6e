/** For tests only: events of a small county in few words, and the board that they make. */
import type { Board } from '../../protocol/board.ts'
import type {
  ActivityForm,
  Event,
  EventData,
  EventKind,
  WarningRule,
} from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { createCore } from './core.ts'
import { ruleNames } from './rules/all.ts'
import { rulesOf, type RulesConfig } from './rules/config.ts'

type Tell = <K extends EventKind>(
  kind: K,
  time: string,
  data: EventData<K>,
  subject?: string,
) => Event

/** Makes the events of a county, each of another id; `time` without an offset is local time. */
export function teller(county: string, usual = county): Tell {
  let last = 0
  return (kind, time, data, subject = usual) => {
    last += 1
    const hasOffset = /(Z|[+-]\d\d:\d\d)$/.test(time)
    return {
      source: 'p',
      id: String(last),
      rev: 1,
      subject,
      county,
      time: hasOffset ? time : `${time}+08:00`,
      kind,
      data,
    } as Event
  }
}

export const event = teller('431128', 'a')

export const day = (date: string): Event =>
  event('day.began', `${date}T00:00:00`, { day: date }, 'relay')

export const branch = (id: string, founded = '2001-07-01', termEndsOn?: string): Event =>
  event(
    'organization.recorded',
    '1980-01-01T00:00:00',
    {
      name: `${id}村党支部`,
      kind: 'branch',
      group: 'territory',
      township: '431128101',
      foundedOn: founded,
      ...(termEndsOn !== undefined && { termEndsOn }),
    },
    id,
  )

/** Held at an instant, or at seven in the evening of a day; reported an hour later. */
export function held(on: string, id = 'a', form: ActivityForm = 'lecture'): Event {
  const heldAt = on.includes('T') ? on : `${on}T19:00:00+08:00`
  const told = on.includes('T') ? on : `${on}T20:00:00`
  return event(
    'activity.submitted',
    told,
    {
      activity: `x-${id}-${form}-${on.replaceAll(/[^\d-]/g, '')}`,
      form,
      title: '党课',
      heldAt,
      present: 8,
      expected: 9,
      photos: 2,
    },
    id,
  )
}

/** A county in which no rule but these applies. */
export const only = (...names: readonly WarningRule[]): RulesConfig =>
  rulesOf({
    rules: Object.fromEntries(
      ruleNames.filter((name) => !names.includes(name)).map((name) => [name, 'off' as const]),
    ),
    floodFrom: 3,
  })

export function boardOf(
  events: readonly Event[],
  today: string,
  rules: RulesConfig = rulesOf(),
): Board {
  const core = createCore({ county: '431128', rules })
  for (const add of [...events, day(today)]) core.fold({ add })
  core.changes(instantMs(`${today}T12:00:00+08:00`))
  return core.board()
}
