/** What the codes of each kind of remote control mean. Codes collide: 427 is CH+ here and nothing there, so each set is a profile of its own. */
import type { keyActions } from '../../../protocol/screens.ts'

export type KeyAction = (typeof keyActions)[number]
export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'
export type Action = KeyAction | Digit

export type ProfileName = 'pc' | 'iptv' | 'tizen' | 'webos' | 'hbbtv'
export type Codes = Readonly<Partial<Record<KeyAction, readonly number[]>>>

export interface Profile {
  readonly title: string
  readonly codes: Codes
  /** Keys by which the set tells of itself: no person has pressed them. */
  readonly ignored: readonly number[]
}

const arrows = { left: [37], up: [38], right: [39], down: [40], ok: [13] } as const
const pages = { 'page-up': [33], 'page-down': [34] } as const
/** CEA-2014, as HbbTV, webOS and Tizen have them. */
const broadcast = {
  ...arrows,
  ...pages,
  red: [403],
  green: [404],
  yellow: [405],
  blue: [406],
  'channel-up': [427],
  'channel-down': [428],
} as const

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  pc: {
    title: '电脑键盘',
    codes: {
      ...arrows,
      ...pages,
      back: [8, 27],
      menu: [77],
      'channel-up': [107, 187],
      'channel-down': [109, 189],
      red: [82],
      green: [71],
      yellow: [89],
      blue: [66],
    },
    ignored: [],
  },
  iptv: {
    title: '电信运营商机顶盒',
    codes: {
      ...arrows,
      ...pages,
      back: [8],
      'channel-up': [257],
      'channel-down': [258],
      red: [275],
      green: [276],
      yellow: [277],
      blue: [278],
    },
    // 768 says that the box has news; loudness (259 to 261) is the box's own business.
    ignored: [768, 259, 260, 261],
  },
  tizen: { title: '三星电视', codes: { ...broadcast, back: [10009] }, ignored: [] },
  webos: { title: 'LG 电视', codes: { ...broadcast, back: [461] }, ignored: [] },
  hbbtv: { title: 'HbbTV 电视', codes: { ...broadcast, back: [461, 8] }, ignored: [] },
}

/** By what the browser says of itself; a box that says nothing particular runs Android or Linux. */
export function profileOf(userAgent: string): ProfileName {
  if (/HbbTV/i.test(userAgent)) return 'hbbtv'
  if (/Tizen/i.test(userAgent)) return 'tizen'
  if (/Web0S|webOS/i.test(userAgent)) return 'webos'
  if (/IPTV|\bSTB\b|ZTE|Huawei|FiberHome|Hisilicon|Android/i.test(userAgent)) return 'iptv'
  return 'pc'
}
