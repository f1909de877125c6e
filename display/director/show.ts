/** Which scene is on, since when and why: pure, moved by cues, by the operator and by time. All times ms of the relay's clock. */

/** Something that deserves a scene now. */
export interface Cue {
  /** What it is about; the same thing leads once per `restMs`. */
  readonly key: string
  readonly scene: string
  /** The heaviest goes first. */
  readonly weight: number
  /** 为何显示, a few words with the name of the thing. */
  readonly why: string
}

export interface Turn {
  readonly id: string
  readonly seconds: number
  /** What is said while it is on, where a visit is led. */
  readonly caption?: string
}

/** The turns that a board has something for; what is on keeps its place among them. */
export function turnsOf<T extends Turn, B>(
  rotation: readonly (T & { readonly isTold?: (board: B) => boolean })[],
  board: B,
  on: string,
): readonly Turn[] {
  return rotation.filter(({ id, isTold }) => id === on || isTold === undefined || isTold(board))
}

export interface Show {
  /** A scene's id and, behind a slash, what it is about: `ranking`, `township/431128101`. */
  readonly scene: string
  readonly since: number
  /** When the next scene is due; null while an operator holds this one. */
  readonly until: number | null
  /** Why it is on, where it is not just its turn. */
  readonly why: string | null
  /** Cues that wait for the present scene to have had its time, heaviest first. */
  readonly waiting: readonly Cue[]
  /** Cue key → when it may lead again. */
  readonly rests: ReadonlyMap<string, number>
  /** What somebody left for a scene outside the rotation, and whether it was held. */
  readonly back: { readonly scene: string; readonly isHeld: boolean } | null
  /** The organisation whose card lies over the scene, and when it is taken away. */
  readonly card: { readonly id: string; readonly until: number } | null
}

/** What is on stays at least so long, whatever happens: a wall that jumps is not read. */
export const leastMs = 12_000
/** A scene that a cue brought stays so long. */
export const cueMs = 30_000
/** The same cue leads again after. */
export const restMs = 600_000
/** Rotation pauses after a touch, a click or a key. */
export const inputMs = 120_000
/** A card that nobody touches is taken away after. */
export const cardMs = 30_000
const waitingMost = 5

export function begin(turn: Turn, now: number): Show {
  return {
    scene: turn.id,
    since: now,
    until: now + turn.seconds * 1_000,
    why: null,
    waiting: [],
    rests: new Map(),
    back: null,
    card: null,
  }
}

/** `township/431128101` → `township` */
export function idOf(scene: string): string {
  return scene.split('/', 1)[0] ?? scene
}

/** Takes cues in; what rests or already waits is dropped. */
export function hear(show: Show, cues: readonly Cue[], now: number): Show {
  const fresh = cues.filter(
    ({ key }) =>
      (show.rests.get(key) ?? 0) <= now && !show.waiting.some((waiting) => waiting.key === key),
  )
  if (fresh.length === 0) return show
  const waiting = [...show.waiting, ...fresh]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, waitingMost)
  return { ...show, waiting }
}

/** What time brings: the heaviest cue once the scene has had its least, else the next in the rotation when it is due. */
export function move(show: Show, rotation: readonly Turn[], now: number): Show {
  if (show.card !== null) return now < show.card.until ? show : closeCard(show, now)
  if (show.until === null) return show
  const [cue, ...waiting] = show.waiting
  if (cue !== undefined && now >= show.since + leastMs && isFree(show, now)) {
    const rests = new Map([...show.rests].filter(([, until]) => until > now))
    rests.set(cue.key, now + restMs)
    const { scene, why } = cue
    return { scene, since: now, until: now + cueMs, why, waiting, rests, back: null, card: null }
  }
  if (now < show.until) return show
  if (show.back !== null) return leave(show, now)
  const at = rotation.findIndex(({ id }) => id === show.scene)
  const next = rotation[(at + 1) % rotation.length]
  if (next === undefined) return show
  const until = now + next.seconds * 1_000
  return { ...show, scene: next.id, since: now, until, why: next.caption ?? null }
}

/** Neither an operator's choice nor another cue is still being looked at. */
function isFree(show: Show, now: number): boolean {
  return show.why === null || now >= (show.until ?? Infinity)
}

/** Who chose: at the wall itself, by phone, or by having a camera put on it from elsewhere. */
export const choices = { here: '手动选择', phone: '手机遥控', pin: '画面被指定上墙' } as const
export type Choice = keyof typeof choices

/** Somebody chose a scene: it stays for two minutes, then the rotation goes on from it. */
export function choose(show: Show, scene: string, now: number, by: Choice = 'here'): Show {
  return {
    ...show,
    scene,
    since: now,
    until: show.until === null ? null : now + inputMs,
    why: choices[by],
    waiting: [],
    back: null,
    card: null,
  }
}

/** Somebody touched a wall that rests: it shows a scene for two minutes from the last touch, then rests again. */
export function wake(show: Show, scene: string, now: number): Show {
  return { ...choose(show, scene, now), why: '静屏已唤醒 · 无人操作两分钟后恢复' }
}

/** Somebody looks into a scene outside the rotation: what was on comes back by itself when nobody touches it any more. */
export function visit(show: Show, scene: string, now: number, by: Choice = 'here'): Show {
  return {
    ...show,
    scene,
    since: now,
    until: now + inputMs,
    why: choices[by],
    waiting: [],
    back: show.back ?? { scene: show.scene, isHeld: show.until === null },
    card: null,
  }
}

/** Back to what was on before the visit. */
export function leave(show: Show, now: number): Show {
  if (show.back === null) return show
  const { scene, isHeld } = show.back
  return {
    ...show,
    scene,
    since: now,
    until: isHeld ? null : now + leastMs,
    why: isHeld ? '已固定' : null,
    back: null,
  }
}

export function openCard(show: Show, id: string, now: number): Show {
  return { ...show, card: { id, until: now + cardMs } }
}

/** The scene beneath stays at least long enough to be found again. */
export function closeCard(show: Show, now: number): Show {
  if (show.card === null) return show
  const until = show.until === null ? null : Math.max(show.until, now + leastMs)
  return { ...show, card: null, until }
}

/** Somebody touched the wall: what is on stays at least two minutes more. */
export function touch(show: Show, now: number): Show {
  const card = show.card === null ? null : { ...show.card, until: now + cardMs }
  const until = show.until === null ? null : Math.max(show.until, now + inputMs)
  return { ...show, until, card }
}

/** Holds what is on until it is let go. */
export function hold(show: Show): Show {
  return { ...show, until: null, why: '已固定', waiting: [] }
}

export function letGo(show: Show, now: number): Show {
  return { ...show, until: now + leastMs, why: null }
}

/** The same show by a clock that was set. */
export function shift(show: Show, byMs: number): Show {
  return {
    ...show,
    since: show.since + byMs,
    until: show.until === null ? null : show.until + byMs,
    rests: new Map([...show.rests].map(([key, until]) => [key, until + byMs])),
    card: show.card === null ? null : { ...show.card, until: show.card.until + byMs },
  }
}

/** 0 … 1 of the time that the scene has; null while it is held. */
export function progressOf(show: Show, now: number): number | null {
  if (show.until === null) return null
  return Math.min(1, Math.max(0, (now - show.since) / Math.max(1, show.until - show.since)))
}

/** 0 … 1 of the time that is left to the card. */
export function cardLeft({ card }: Show, now: number): number {
  return card === null ? 0 : Math.min(1, Math.max(0, (card.until - now) / cardMs))
}
