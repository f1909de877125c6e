/**
 * Phones that steer a wall. Somebody at the wall lets them; the wall shows a code, which one phone changes for a pass
 * of its own, and then the next phone's stands there. All of it is kept in memory and ends by itself.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Agreed } from '../../protocol/agreement.ts'
import {
  codeLength,
  codeLetters,
  passLength,
  type JoinRemote,
  type OpenRemote,
  type RemoteDesk,
  type RemoteJoined,
  type Shown,
} from '../../protocol/remote.ts'
import { createLockout } from '../http/lockout.ts'

/** How long a code may be changed for a pass, and how long a pass counts: as long as a visit. */
export const codeMs = 10 * 60_000
export const passMs = 2 * 60 * 60_000
const phonesMost = 8
/** What somebody's thumb does in the long run; the next tap may come at once, when the phone tells what the last one did. */
const steerMs = 100
const quickTaps = 4

interface Phone<Member> {
  readonly number: number
  readonly joinedAt: number
  readonly untilMs: number
  /** All its taps, one in each `steerMs`, last until then. */
  tapsUntilMs: number
  /** Null while its connection is gone. */
  member: Member | null
}

interface Remote<Member> {
  scenes: OpenRemote['scenes']
  code: string
  codeUntilMs: number
  joined: number
  /** By pass. */
  readonly phones: Map<string, Phone<Member>>
}

/** What a word opens: a code a wall, a pass also the phone that has it. */
interface Found<Member> {
  readonly wall: string
  readonly remote: Remote<Member>
  readonly known?: readonly [pass: string, phone: Phone<Member>]
}

interface Options<Member> {
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
  /** Milliseconds of the relay's clock. */
  readonly now: () => number
  /** A whole number from 0 to below `below`, which nobody can guess. */
  readonly draw: (below: number) => number
  /** Of the page for phones. */
  readonly addresses: () => readonly string[]
  readonly walls: {
    wallOf(member: Member): string | undefined
    membersOf(wall: string): readonly Member[]
    agreedOn(wall: string): Agreed['agreed']
  }
  readonly tellScreen: (screen: Member, desk: RemoteDesk) => void
  readonly tellPhone: (phone: Member, shown: Shown) => void
  /** It steers no longer. */
  readonly endPhone: (phone: Member) => void
}

export interface Remotes<Member> {
  /** False for a browser that is no part of a wall. */
  open(screen: Member, request: OpenRemote): boolean
  /** Tells a screen that came to its wall whether phones may steer it. */
  welcome(screen: Member): void
  /** False where nobody had let phones steer it. */
  end(screen: Member): boolean
  join(phone: Member, address: string, request: JoinRemote): RemoteJoined
  /** The screen that does what a phone says; undefined where the phone may not. */
  steered(phone: Member): Member | undefined
  leave(phone: Member): void
  /** Something of a wall changed. */
  changed(wall: string): void
  /** Ends what is over. */
  sweep(): void
}

/** Takes as long whether much of two words of the same length is equal or nothing. */
const isSame = (one: string, two: string): boolean =>
  timingSafeEqual(Buffer.from(one), Buffer.from(two))

export function createRemotes<Member>(options: Options<Member>): Remotes<Member> {
  const { clock, now, draw, walls, tellScreen, tellPhone, endPhone } = options
  /** By wall. */
  const remotes = new Map<string, Remote<Member>>()
  const passOf = new Map<Member, { readonly wall: string; readonly pass: string }>()
  const lockout = createLockout(clock)

  const word = (length: number): string =>
    Array.from({ length }, () => codeLetters.charAt(draw(codeLetters.length))).join('')

  function deskOf({ code, codeUntilMs, phones }: Remote<Member>): RemoteDesk {
    return {
      code,
      codeMs: Math.max(0, Math.ceil(codeUntilMs - clock())),
      addresses: options.addresses().slice(0, 8),
      phones: [...phones.values()].map(({ number, joinedAt, member }) => ({
        number,
        joinedAt,
        isOn: member !== null,
      })),
    }
  }

  function tellScreens(wall: string): void {
    const remote = remotes.get(wall)
    const desk = remote === undefined ? null : deskOf(remote)
    for (const screen of walls.membersOf(wall)) tellScreen(screen, desk)
  }

  function shownOn(wall: string): Shown {
    const show = walls.agreedOn(wall)?.show
    return {
      hasScreen: walls.membersOf(wall).length > 0,
      scene: show?.scene ?? null,
      isHeld: show?.until === null,
      card: show?.card?.id ?? null,
    }
  }

  function drop(phone: Phone<Member>): void {
    if (phone.member === null) return
    passOf.delete(phone.member)
    endPhone(phone.member)
  }

  /** Without what is over by now. */
  function current(wall: string): Remote<Member> | undefined {
    const remote = remotes.get(wall)
    if (remote === undefined) return undefined
    let isChanged = false
    for (const [pass, phone] of remote.phones) {
      if (clock() < phone.untilMs) continue
      remote.phones.delete(pass)
      drop(phone)
      isChanged = true
    }
    if (remote.phones.size === 0 && clock() >= remote.codeUntilMs) {
      remotes.delete(wall)
      isChanged = true
    }
    if (isChanged) tellScreens(wall)
    return remotes.get(wall)
  }

  /** Makes room for another phone; false where all are there. */
  function forgetGone({ phones }: Remote<Member>): boolean {
    for (const [pass, { member }] of phones) if (member === null) return phones.delete(pass)
    return false
  }

  function renew(remote: Remote<Member>): void {
    remote.code = word(codeLength)
    remote.codeUntilMs = clock() + codeMs
  }

  /** Looks at every word whether it found one or not. */
  function find(request: JoinRemote): Found<Member> | undefined {
    let found: Found<Member> | undefined
    for (const wall of remotes.keys()) {
      const remote = current(wall)
      if (remote === undefined) continue
      if ('code' in request) {
        if (isSame(remote.code, request.code) && clock() < remote.codeUntilMs)
          found = { wall, remote }
      } else
        for (const known of remote.phones)
          if (isSame(known[0], request.pass)) found = { wall, remote, known }
    }
    return found
  }

  function leave(member: Member): void {
    const known = passOf.get(member)
    if (known === undefined) return
    passOf.delete(member)
    const phone = remotes.get(known.wall)?.phones.get(known.pass)
    if (phone?.member !== member) return
    phone.member = null
    tellScreens(known.wall)
  }

  function admit(
    member: Member,
    { wall, remote }: Found<Member>,
    [pass, phone]: readonly [pass: string, phone: Phone<Member>],
  ): RemoteJoined {
    leave(member)
    // The same phone came back before its old connection was missed.
    if (phone.member !== null) passOf.delete(phone.member)
    phone.member = member
    passOf.set(member, { wall, pass })
    tellScreens(wall)
    tellPhone(member, shownOn(wall))
    return {
      state: 'joined',
      pass,
      leftMs: Math.ceil(phone.untilMs - clock()),
      scope: wall.slice(0, 6),
      scenes: remote.scenes,
    }
  }

  return {
    leave,
    open(screen, { scenes }) {
      const wall = walls.wallOf(screen)
      if (wall === undefined) return false
      const remote = current(wall) ?? {
        scenes,
        code: '',
        codeUntilMs: 0,
        joined: 0,
        phones: new Map<string, Phone<Member>>(),
      }
      remote.scenes = scenes
      if (clock() >= remote.codeUntilMs) renew(remote)
      remotes.set(wall, remote)
      tellScreens(wall)
      return true
    },
    welcome(screen) {
      const remote = current(walls.wallOf(screen) ?? '')
      tellScreen(screen, remote === undefined ? null : deskOf(remote))
    },
    end(screen) {
      const wall = walls.wallOf(screen) ?? ''
      const remote = remotes.get(wall)
      if (remote === undefined) return false
      remotes.delete(wall)
      for (const phone of remote.phones.values()) drop(phone)
      tellScreens(wall)
      return true
    },
    join(member, address, request) {
      // A pass was given out by the relay, and is too long to be guessed.
      if ('code' in request && lockout.isLocked(address))
        return { state: 'locked', seconds: lockout.lockedSeconds(address) }
      const found = find(request)
      if (found === undefined) {
        if ('pass' in request) return { state: 'over' }
        lockout.miss(address)
        return { state: 'refused' }
      }
      const { remote, known } = found
      if (known !== undefined) return admit(member, found, known)
      if (remote.phones.size >= phonesMost && !forgetGone(remote)) return { state: 'full' }
      lockout.forgive(address)
      const pass = word(passLength)
      remote.joined += 1
      const phone: Phone<Member> = {
        number: remote.joined,
        joinedAt: now(),
        untilMs: clock() + passMs,
        tapsUntilMs: -Infinity,
        member: null,
      }
      remote.phones.set(pass, phone)
      renew(remote)
      return admit(member, found, [pass, phone])
    },
    steered(member) {
      const known = passOf.get(member)
      if (known === undefined) return undefined
      const phone = current(known.wall)?.phones.get(known.pass)
      if (phone === undefined) return undefined
      const tapsUntilMs = Math.max(clock(), phone.tapsUntilMs) + steerMs
      if (tapsUntilMs - clock() > quickTaps * steerMs) return undefined
      phone.tapsUntilMs = tapsUntilMs
      return walls.membersOf(known.wall)[0]
    },
    changed(wall) {
      const remote = current(wall)
      if (remote === undefined) return
      const shown = shownOn(wall)
      for (const { member } of remote.phones.values()) if (member !== null) tellPhone(member, shown)
    },
    sweep() {
      for (const wall of remotes.keys()) current(wall)
    },
  }
}
