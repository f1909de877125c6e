/** What a television knows besides the board: its village, the county's television file, cameras, its remote. */
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { TelevisionFile } from '../../protocol/television.ts'
import type { ScreenConfig } from '../../protocol/screens.ts'
import type { Camera } from '../../protocol/video.ts'
import type { VideoLink } from '../canvas/video/video-link.ts'
import type { Pair } from '../pairing/pair.ts'
import { createDispatcher, type Dispatcher } from './focus/dispatcher.ts'
import type { Focus, FocusNode } from './focus/tree.ts'
import { profileOf, profiles, type ProfileName } from './keys/profiles.ts'
import type { RemoteMap } from './keys/remote-map.ts'
import { obeyed, villageOf } from './membership.ts'
import { createStack, type Route, type Stack } from './stack.ts'

export interface TelevisionState {
  /** An organisation's id or twelve digits; null until somebody has chosen. */
  readonly village: string | null
  readonly file: TelevisionFile
  /** When the file was last had from the relay, ms of its clock; null: never. */
  readonly fileAt: number | null
  /** Null until the relay has told. */
  readonly cameras: ReadonlyMap<string, Camera> | null
  readonly remote: RemoteMap
  /** Ids of notices that somebody has opened here. */
  readonly opened: readonly string[]
  /** 0 … 1, of what the box itself is set to. */
  readonly loudness: number
  /** Hours in which the picture is dark. */
  readonly sleep: ScreenConfig['sleep']
}

export interface Ports {
  /** Six digits. */
  readonly scope: string
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** Of the relay, as the public. */
  readonly fetchJson: (path: string) => Promise<unknown>
  /** Null where no pictures are to be had. */
  readonly video: VideoLink | null
  /** Knocks at the relay now. */
  readonly retry: () => void
  /** Asks for a code by which somebody lets this box in. */
  readonly startPair: () => Pair
  /** Somebody has: go on as a screen of the fleet. */
  readonly onPaired: () => void
  /** Closes the page, where the box lets it. */
  readonly leave: () => void
  /** Milliseconds that only grow. */
  readonly clock: () => number
}

export interface Television extends Ports {
  readonly store: StoreApi<TelevisionState>
  readonly stack: Stack
  readonly dispatcher: Dispatcher
  /** By page: where the focus was when it was last drawn. */
  readonly focuses: Map<string, { readonly tree: FocusNode; readonly focus: Focus }>
  chooseVillage(village: string): void
  /** What it stood in is nobody's business any more. */
  forgetVillage(): void
  /** Somebody has set it to something else. */
  configure(screen: ScreenConfig): void
  learnRemote(learned: RemoteMap['learned']): void
  open(notice: string): void
}

export const emptyFile = (code: string): TelevisionFile => ({
  code,
  callsign: null,
  title: '{村}党群服务中心',
  help: null,
  lessons: [],
  calendar: [],
  radio: [],
  notices: [],
})

const villageKey = 'flagwall-tv-village'
const remoteKey = 'flagwall-tv-remote'
const openedKey = 'flagwall-tv-opened'
/** Of each notice once; the oldest are forgotten. */
const mostOpened = 100

export const keptVillage = (storage: Ports['storage']): string | null => storage.getItem(villageKey)

/** What was learned on this box, else what it is set to, else by what the browser says of itself; `asked` is the address's word. */
export function remoteOf(
  storage: Ports['storage'],
  userAgent: string,
  asked: string | null,
  screen: ScreenConfig | null = null,
): RemoteMap {
  const set: ProfileName =
    asked !== null && asked in profiles
      ? (asked as ProfileName)
      : (screen?.keyMap.set ?? profileOf(userAgent))
  const learned: unknown = JSON.parse(storage.getItem(remoteKey) ?? '{}')
  const isMap = typeof learned === 'object' && learned !== null
  return {
    set,
    learned: {
      ...screen?.keyMap.learned,
      ...(isMap
        ? Object.fromEntries(Object.entries(learned).filter(([, code]) => typeof code === 'number'))
        : {}),
    },
  }
}

function openedOf(storage: Ports['storage']): readonly string[] {
  const opened: unknown = JSON.parse(storage.getItem(openedKey) ?? '[]')
  return Array.isArray(opened) ? opened.filter((id) => typeof id === 'string') : []
}

interface First {
  readonly village: string | null
  readonly file?: TelevisionFile
  readonly fileAt?: number | null
  readonly screen?: ScreenConfig | null
  readonly remote: RemoteMap
  readonly cameras?: ReadonlyMap<string, Camera> | null
  readonly routes?: readonly Route[]
}

export function createTelevision(ports: Ports, first: First): Television {
  const { storage } = ports
  const store = createStore<TelevisionState>(() => ({
    village: first.village,
    file: first.file ?? emptyFile(ports.scope),
    fileAt: first.fileAt ?? null,
    cameras: first.cameras ?? null,
    remote: first.remote,
    opened: openedOf(storage),
    ...obeyed(first.screen ?? null),
  }))
  const stack = createStack(
    first.routes ?? (first.village === null ? [{ page: 'townships' }] : [{ page: 'home' }]),
  )
  return {
    ...ports,
    store,
    stack,
    dispatcher: createDispatcher(),
    focuses: new Map(),
    chooseVillage(village) {
      storage.setItem(villageKey, village)
      store.setState({ village })
      stack.jump({ page: 'home' })
    },
    forgetVillage: () => storage.removeItem(villageKey),
    configure(screen) {
      const { village: before, remote } = store.getState()
      const village = villageOf(screen) ?? before
      const { set, learned } = screen.keyMap
      store.setState({
        village,
        remote: { set, learned: { ...learned, ...remote.learned } },
        ...obeyed(screen),
      })
      if (village !== before && village !== null) stack.jump({ page: 'home' })
    },
    learnRemote(learned) {
      storage.setItem(remoteKey, JSON.stringify(learned))
      store.setState(({ remote }) => ({ remote: { ...remote, learned } }))
    },
    open(notice) {
      const { opened } = store.getState()
      if (opened.includes(notice)) return
      const next = [...opened, notice].slice(-mostOpened)
      storage.setItem(openedKey, JSON.stringify(next))
      store.setState({ opened: next })
    },
  }
}

const TelevisionContext = createContext<Television | null>(null)
export const TelevisionProvider = TelevisionContext.Provider

export function useTelevision(): Television {
  const television = useContext(TelevisionContext)
  if (television === null) throw new Error('No TelevisionProvider above')
  return television
}

export function useTv<T>(select: (state: TelevisionState) => T): T {
  return useStore(useTelevision().store, select)
}
