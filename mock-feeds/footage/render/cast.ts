/** How people behave in front of a camera: each by a beat of its own, all closed within the loop. */
import type { Paint } from './frame.ts'
import { bump, hold, wave } from './noise.ts'
import { dress, figure, type Figure, type Person, type Pose } from './people.ts'
import { add, colour, scale, type V } from './vector.ts'

/** Somebody, for every moment of the loop. */
export type Actor = (phase: number) => Figure

export interface SitterPlan {
  readonly at: V
  readonly turn: number
  readonly seat?: number
  /** Height of the table in front, where the hands rest. */
  readonly table?: number
  readonly who?: Partial<Person>
  /** When in the loop everybody's hands go up; absent, nobody votes. */
  readonly voteAt?: number
  readonly writes?: boolean
  /** Speaks from … to, shares of the loop. */
  readonly speaks?: readonly [number, number]
  /** Where the head mostly turns, degrees from straight ahead. */
  readonly looks?: number
  readonly detail?: number
}

/** Listens, nods, looks aside, and does what the plan says. */
export function sitter(random: () => number, plan: SitterPlan): Actor {
  const who = dress(random, plan.who)
  const { seat = 0.46, table, voteAt, writes = false, speaks, looks = 0, detail = 0.7 } = plan
  const [nodAt, turnAt, leans] = [random(), random(), 3 + random() * 11]
  const turns = (random() < 0.5 ? -1 : 1) * (24 + random() * 24)
  const votesAt = voteAt === undefined ? undefined : voteAt + (random() - 0.5) * 0.03
  const handHeight = table === undefined ? seat + 0.19 : table + 0.05
  const handAhead = table === undefined ? 0.27 : 0.4
  return (phase) => {
    const vote = votesAt === undefined ? 0 : hold(phase, votesAt, 0.12)
    const scribble = writes ? hold(phase, nodAt, 0.26) : 0
    const isSpeaking = speaks !== undefined && phase >= speaks[0] && phase < speaks[1]
    const talk = isSpeaking
      ? Math.sin((Math.PI * (phase - speaks[0])) / (speaks[1] - speaks[0]))
      : 0
    const gesture = talk * (0.5 + 0.5 * wave(phase, 9, nodAt))
    return figure(
      who,
      {
        at: plan.at,
        turn: plan.turn,
        sits: true,
        seat,
        lean: leans + scribble * 9 + wave(phase, 4, who.beat) * 0.6 - talk * 3,
        tilt: wave(phase, 1, who.beat) * 2.4,
        nod:
          5 +
          bump(phase, nodAt, 0.045) * 18 +
          bump(phase, nodAt + 0.1, 0.04) * 13 +
          scribble * 24 +
          talk * 5 * wave(phase, 13),
        headTurn:
          looks +
          bump(phase, turnAt, 0.1) * turns +
          wave(phase, 2, nodAt) * 4 +
          talk * 16 * wave(phase, 3),
        rightHand: [
          0.17 + 0.05 * vote + scribble * 0.018 * wave(phase, 26, nodAt),
          handHeight + 0.72 * vote + 0.2 * gesture,
          handAhead - 0.2 * vote,
        ],
        leftHand: [-0.16, handHeight + talk * 0.12 * (0.5 + 0.5 * wave(phase, 7, 0.3)), handAhead],
      },
      detail,
    )
  }
}

export interface SpeakerPlan {
  readonly at: V
  readonly turn: number
  readonly who?: Partial<Person>
  /** Height at which the hands rest, as on a lectern. */
  readonly hands?: number
  readonly detail?: number
}

/** Stands and speaks with both hands. */
export function speaker(
  random: () => number,
  { at, turn, who, hands = 1.02, detail = 0.8 }: SpeakerPlan,
): Actor {
  const one = dress(random, who)
  return (phase) =>
    figure(
      one,
      {
        at: [at[0] + wave(phase, 2) * 0.05, at[1], at[2] + wave(phase, 1, 0.3) * 0.04],
        turn: turn + wave(phase, 2, 0.2) * 13,
        lean: 4 + wave(phase, 3) * 2,
        nod: 7 + bump(phase, 0.3, 0.05) * 14 + bump(phase, 0.8, 0.06) * 14 + 3 * wave(phase, 17),
        headTurn: wave(phase, 1, 0.4) * 26,
        rightHand: [0.22, hands + 0.3 * hold(phase, 0.2, 0.13) + 0.05 * wave(phase, 14), 0.36],
        leftHand: [-0.2, hands + 0.24 * hold(phase, 0.68, 0.12) + 0.04 * wave(phase, 11), 0.34],
      },
      detail,
    )
}

export interface WalkerPlan {
  readonly from: V
  readonly to: V
  /** Of the loop, where the walk begins. */
  readonly offset: number
  /** Rounds in a loop. */
  readonly rounds?: number
  /** Of each way, the share for which both ends are stood at. */
  readonly rest?: number
  readonly who?: Partial<Person>
  readonly carries?: 'bag' | 'folder'
}

/** Goes there and back. */
export function walker(random: () => number, plan: WalkerPlan): Actor {
  const who = dress(random, plan.who)
  const { from, to, rounds = 1, rest = 0.3, offset } = plan
  const way: V = [to[0] - from[0], 0, to[2] - from[2]]
  const metres = Math.hypot(way[0], way[2])
  const there = (Math.atan2(way[0], way[2]) * 180) / Math.PI
  return (phase) => {
    const t = (((phase * rounds + offset) % 1) + 1) % 1
    const isBack = t >= 0.5
    const leg = isBack ? (t - 0.5) * 2 : t * 2
    const going = Math.min(1, Math.max(0, (leg - rest / 2) / (1 - rest)))
    const eased = going * going * (3 - 2 * going)
    const share = isBack ? 1 - eased : eased
    const isGoing = going > 0 && going < 1
    // Turns round while it rests, so that no step is sideways.
    const turned = isGoing ? 0 : going >= 1 ? (leg - 1 + rest / 2) / (rest / 2) : 0
    const base = isBack ? there + 180 : there
    const step = isGoing ? Math.sin((share * metres * Math.PI) / 0.62) : 0
    const at = add(from, scale(way, share))
    const one = figure(
      who,
      {
        at: [at[0], at[1] + Math.abs(step) * 0.015, at[2]],
        turn: base + 180 * turned * turned * (3 - 2 * turned),
        lean: isGoing ? 5 : 2,
        nod: 6,
        headTurn: isGoing ? 0 : wave(phase, 3, who.beat) * 20,
        step,
        rightHand: [0.25, 0.78, 0.06 - step * 0.2],
        leftHand: plan.carries === 'folder' ? [-0.12, 1.0, 0.22] : [-0.25, 0.78, 0.06 + step * 0.2],
      },
      0.7,
    )
    if (plan.carries !== 'bag') return one
    const hand = one.limbs.at(-4)?.b ?? at
    return withHeld(
      one,
      add(hand, [0, -0.1, 0]),
      0.05,
      add(hand, [0, -0.32, 0]),
      0.13,
      colour('#c7c4ba'),
    )
  }
}

/** Somebody with something in the hands. */
export const withHeld = (
  one: Figure,
  a: V,
  ra: number,
  b: V,
  rb: number,
  paint: Paint,
): Figure => ({
  ...one,
  limbs: [...one.limbs, { a, ra, b, rb, paint, dim: 1 }],
})

const VEST = colour('#b3161c')
const HANDLE = colour('#8a6a42')

export interface WorkerPlan {
  readonly at: V
  readonly turn: number
  readonly tool: 'hoe' | 'broom' | 'shovel'
  readonly strokes: number
}

/** A volunteer in a red vest at work, bent over a tool. */
export function worker(random: () => number, { at, turn, tool, strokes }: WorkerPlan): Actor {
  const hat = random()
  const who = dress(random, {
    vest: scale(VEST, 0.8 + random() * 0.4),
    hat: hat < 0.3 ? 'straw' : hat < 0.7 ? 'cap' : 'none',
    hasBadge: false,
  })
  const offset = random()
  return (phase) => {
    const beat = 0.5 + 0.5 * wave(phase, strokes, offset)
    const rests = hold(phase, offset, 0.1)
    const work = beat * (1 - rests)
    const sweep = tool === 'broom' ? wave(phase, strokes, offset + 0.25) * 0.28 * (1 - rests) : 0
    const moved = wave(phase, 1, offset) * 0.35
    const angle = (turn * Math.PI) / 180
    const ahead: V = [Math.sin(angle), 0, Math.cos(angle)]
    const right: V = [Math.cos(angle), 0, -Math.sin(angle)]
    const foot = add(at, scale(right, moved))
    const lean = tool === 'broom' ? 16 + work * 8 : 14 + work * 30
    const high = tool === 'broom' ? 0.95 : 1.25 - work * 0.42
    const pose: Pose = {
      at: foot,
      turn: turn + sweep * 40,
      lean: lean * (1 - rests * 0.8),
      nod: 16 - rests * 12,
      headTurn: rests * 30 * wave(phase, 2, offset),
      step: 0.35 + 0.2 * wave(phase, 2, offset),
      rightHand: [0.14 + sweep, high, 0.42],
      leftHand: [-0.06 + sweep * 0.6, high - 0.22, 0.5],
    }
    const one = figure(who, pose, 0.6)
    const place = (r: number, u: number, f: number): V =>
      add(foot, add(scale(right, r), add([0, u, 0], scale(ahead, f))))
    const gripTop = place(0.16 + sweep * 0.8, high + 0.22, 0.32)
    const tip =
      tool === 'broom'
        ? place(-0.16 + sweep * 2.1, 0.06, 0.95)
        : place(-0.05, 0.05 + (1 - work) * 0.55, 1.02 - (1 - work) * 0.1)
    const end = tool === 'broom' ? 0.09 : 0.06
    return withHeld(
      withHeld(one, gripTop, 0.016, tip, 0.016, HANDLE),
      tip,
      end * 0.5,
      add(tip, tool === 'broom' ? scale(ahead, 0.22) : [0, -0.05, 0]),
      end,
      tool === 'broom' ? colour('#9c8246') : colour('#4c4f53'),
    )
  }
}
