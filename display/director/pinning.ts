/** The camera that somebody wants on this wall: at the console, at one of its browsers, or here. */
import type { Wall } from '../board.ts'
import { isPinned } from '../checks.ts'
import type { Socket } from '../link.ts'
import type { Agreement } from './agreement.ts'

export interface Pinning {
  /** Null lets go. */
  pin(camera: string | null): void
}

interface Ports {
  readonly socket: Socket
  readonly agreement: Agreement
  /** `431128/hall` */
  readonly id: string
}

export function createPinning(wall: Wall, { socket, agreement, id }: Ports): Pinning {
  socket.on('pinned', (pinned) => {
    if (isPinned(pinned)) wall.pin(pinned.camera)
  })
  return {
    pin(camera) {
      // The relay's word may take a moment, or never come; whoever presses sees it at once.
      wall.pin(camera)
      agreement.enter(id, (isJoined) => {
        if (isJoined) socket.emit('pin', { camera }, () => undefined)
      })
    },
  }
}
