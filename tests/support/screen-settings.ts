import type { ScreenSettings } from '../../protocol/screens.ts'

/** A wall of the township of `branchA`, as somebody lets it in. */
export const townshipWall: ScreenSettings = {
  name: '石羊镇党建办',
  county: '431128',
  scope: '431128105',
  audience: 'township',
  profile: 'wall',
  scenes: [],
  size: null,
  keyMap: { set: 'pc', learned: {} },
  sleep: null,
  audio: 0,
  group: null,
}
