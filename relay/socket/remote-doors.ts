/** The doors of a socket for whoever steers a wall from a phone: every message is held against its schema. */
import { Compile } from 'typebox/compile'
import { JoinRemote, OpenRemote, Steer } from '../../protocol/remote.ts'
import type { Act, Audit } from '../audit.ts'
import type { Audience } from '../project.ts'
import type { ScreenSocket } from './broadcast.ts'
import type { Remotes } from './remotes.ts'

const opens = Compile(OpenRemote)
const joins = Compile(JoinRemote)
const steers = Compile(Steer)

interface Options {
  readonly remotes: Remotes<ScreenSocket>
  readonly audience: Audience
  readonly address: string
  readonly audit: Audit
}

export function openRemoteDoors(
  socket: ScreenSocket,
  { remotes, audience, address, audit }: Options,
): void {
  /** False where the disk takes no line: nobody at a socket is told so by a relay that ends. */
  function record(act: Act, about: string): boolean {
    try {
      audit.record(act, address, about)
      return true
    } catch (error) {
      console.error(act, error)
      return false
    }
  }

  socket.on('remote-open', (request) => {
    if (audience !== 'wall' || !opens.Check(request)) return
    if (record('remote.opened', 'a wall')) remotes.open(socket, request)
  })

  socket.on('remote-end', () => {
    if (audience === 'wall' && remotes.end(socket)) record('remote.ended', 'a wall')
  })

  socket.on('remote-join', (request, answer) => {
    if (typeof answer !== 'function') return
    if (!joins.Check(request)) {
      answer({ state: 'refused' })
      return
    }
    const reply = remotes.join(socket, address, request)
    // Whoever comes back after a break of its connection was recorded the first time.
    const isNew = 'code' in request && reply.state === 'joined'
    if (isNew && !record('remote.joined', `a wall of ${reply.scope}`)) {
      remotes.leave(socket)
      answer({ state: 'refused' })
      return
    }
    if (reply.state === 'refused') record('remote.refused', 'no such code, or not any more')
    answer(reply)
  })

  socket.on('steer', (steer) => {
    if (steers.Check(steer)) remotes.steered(socket)?.emit('steer', steer)
  })

  socket.on('disconnect', () => remotes.leave(socket))
}
