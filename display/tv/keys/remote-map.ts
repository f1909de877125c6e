/** From a key event to what it means on this screen: what was learned of its remote, else its profile. Pure. */
import { profiles, type Action, type Digit, type KeyAction, type ProfileName } from './profiles.ts'

export interface RemoteMap {
  readonly set: ProfileName
  /** One code for each key that somebody showed. */
  readonly learned: Readonly<Partial<Record<KeyAction, number>>>
}

/** The part of a KeyboardEvent that old and new engines share. */
export interface Key {
  readonly keyCode: number
  readonly key?: string
}

/** Of engines that give no code. */
const named: Readonly<Record<string, KeyAction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Enter: 'ok',
  GoBack: 'back',
  BrowserBack: 'back',
}

export type Meaning = { readonly action: Action } | 'unknown' | 'ignored'

export function meaningOf({ keyCode, key = '' }: Key, { set, learned }: RemoteMap): Meaning {
  const { codes, ignored } = profiles[set]
  for (const [action, code] of Object.entries(learned))
    if (code === keyCode) return { action: action as KeyAction }
  if (ignored.includes(keyCode)) return 'ignored'
  for (const [action, all] of Object.entries(codes))
    // What was learned of a key takes the profile's place for it.
    if (all.includes(keyCode) && learned[action as KeyAction] === undefined)
      return { action: action as KeyAction }
  const digit = digitOf(keyCode)
  if (digit !== null) return { action: digit }
  const action = keyCode === 0 || keyCode === 229 ? named[key] : undefined
  return action === undefined ? 'unknown' : { action }
}

/** The row of digits, and those of a number pad. */
function digitOf(keyCode: number): Digit | null {
  const value = keyCode >= 96 && keyCode <= 105 ? keyCode - 96 : keyCode - 48
  return value >= 0 && value <= 9 ? (String(value) as Digit) : null
}
