/** A page as a screen of the fleet: what it says of itself, what it is told to do, and the notices that hold for it. */
import { createStore, type StoreApi } from 'zustand'
import { toInstant } from '../../protocol/time.ts'
import type {
  Beat,
  Command,
  CommandDone,
  Notice,
  NoticeSeen,
  ScreenConfig,
} from '../../protocol/screens.ts'
import type { Wall } from '../board.ts'
import { isCommand, isNotices } from '../checks.ts'
import { engineOf } from '../kiosk/engine.ts'
import { wireVersion } from '../../protocol/wire-version.ts'

export interface Told {
  readonly notices: readonly Notice[]
  /** Shown over everything to find the screen. */
  readonly number: number | null
  readonly message: string | null
}

interface FleetSocket {
  on(name: string, listener: (message: unknown) => void): unknown
  emit(name: 'beat', beat: Beat): unknown
  emit(name: 'command-done', done: CommandDone): unknown
  emit(name: 'notice-seen', seen: NoticeSeen): unknown
}

interface Ports {
  readonly wall: Wall
  readonly reload: () => void
  /** To a page of this relay. */
  readonly open: (path: string) => void
  /** Somebody has set this screen to something else. */
  readonly configure: (screen: ScreenConfig) => void
  /** Which page or scene is on. */
  readonly sceneOf: () => string | null
}

export interface Fleet {
  readonly told: StoreApi<Told>
  /** A connection to the relay; another takes its place. */
  attach(socket: FleetSocket): void
  /** A notice is on. */
  seen(id: string): void
}

const beatMs = 15_000
/** Frames are counted once the page has drawn; the answer to a command goes out before the page goes. */
const leaveMs = 200

export function createFleet({ wall, reload, open, configure, sceneOf }: Ports): Fleet {
  const told = createStore<Told>(() => ({ notices: [], number: null, message: null }))
  let line: FleetSocket | undefined
  let isOpen = false
  let frames = 0
  let lastError: string | null = null

  const count = () => {
    frames += 1
    requestAnimationFrame(count)
  }
  requestAnimationFrame(count)
  addEventListener('error', ({ message }) => (lastError = message.slice(0, 200) || null))

  function beat(): void {
    if (!isOpen) return
    const { version, lostAt, now } = wall.store.getState()
    line?.emit('beat', {
      build: buildOf(document),
      wire: wireVersion,
      engine: engineOf(navigator.userAgent),
      heapMb: heapMb(),
      frames,
      width: innerWidth,
      height: innerHeight,
      boardVersion: version,
      boardAsOf: version === 0 ? null : toInstant(lostAt ?? now),
      scene: sceneOf(),
      lastError,
    })
  }

  const clearing: {
    number?: ReturnType<typeof setTimeout>
    message?: ReturnType<typeof setTimeout>
  } = {}
  function show(what: 'number' | 'message', value: Partial<Told>, seconds: number): void {
    clearTimeout(clearing[what])
    told.setState(value)
    clearing[what] = setTimeout(() => told.setState({ [what]: null }), seconds * 1_000)
  }

  /** A sentence where it is not done. */
  function obey(command: Command): string | null {
    switch (command.do) {
      case 'identify':
        show('number', { number: command.number }, command.seconds)
        return null
      case 'message':
        show('message', { message: command.text }, command.seconds)
        return null
      case 'reload':
      case 'revoke':
        setTimeout(reload, leaveMs)
        return null
      case 'configure': {
        const { screen } = command
        setTimeout(() => configure(screen), leaveMs)
        return null
      }
      case 'redirect': {
        const { url } = command
        if (url.charAt(0) !== '/') return '只能打开本中心的页面'
        setTimeout(() => open(url), leaveMs)
        return null
      }
      case 'screenshot':
        return '这个页面不能截图'
    }
  }

  setInterval(beat, beatMs)
  return {
    told,
    seen: (id) => line?.emit('notice-seen', { id }),
    attach(socket) {
      line = socket
      isOpen = false
      socket.on('connect', () => {
        if (line !== socket) return
        isOpen = true
        // After the subscription, by which the relay knows who it is.
        setTimeout(beat, leaveMs)
      })
      socket.on('disconnect', () => {
        if (line === socket) isOpen = false
      })
      socket.on('notices', (message) => {
        if (line === socket && isNotices(message)) told.setState({ notices: message })
      })
      socket.on('command', (message) => {
        if (line !== socket || !isCommand(message)) return
        const trouble = obey(message)
        socket.emit('command-done', { id: message.id, ok: trouble === null, detail: trouble })
      })
    },
  }
}

/** Of a page whose address says it. */
export const sceneInHash = (): string | null =>
  /^#\/([a-z][a-z-]{0,31})/.exec(location.hash)?.[1] ?? null

/** The name of the bundle, which changes with what is in it. */
function buildOf({ scripts }: Document): string {
  for (let index = 0; index < scripts.length; index += 1) {
    const source = scripts[index]?.getAttribute('data-src') ?? scripts[index]?.getAttribute('src')
    const name = /\/assets\/([\w.-]+)\.js/.exec(source ?? '')?.[1]
    if (name !== undefined && name.indexOf('polyfill') === -1) return name.slice(0, 40)
  }
  return 'dev'
}

function heapMb(): number | null {
  const { memory } = performance as { readonly memory?: { readonly usedJSHeapSize: number } }
  return memory === undefined ? null : Math.round(memory.usedJSHeapSize / 2 ** 20)
}
