/** The doors of a socket for whoever steers a wall from a phone: every message is held against its schema. */
import { Compile } from 'typebox/compile'
import { JoinRemote, OpenRemote, Steer } from '../../protocol/remote.ts'
import type { Audit } from '../audit.ts'
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
  socket.on('remote-open', (request) => {
    if (audience !== 'wall' || !opens.Check(request)) return
    if (remotes.open(socket, request)) audit.record('remote.opened', address, 'a wall')
  })

  socket.on('remote-end', () => {
    if (audience !== 'wall') return
    if (remotes.end(socket)) audit.record('remote.ended', address, 'a wall')
  })

  socket.on('remote-join', (request, answer) => {
    if (typeof answer !== 'function') return
    if (!joins.Check(request)) {
      answer({ state: 'refused' })
      return
    }
    const reply = remotes.join(socket, address, request)
    // Whoever comes back after a break of its connection was recorded the first time.
    if ('code' in request && reply.state === 'joined')
      audit.record('remote.joined', address, `a wall of ${reply.scope}`)
    else if (reply.state === 'refused')
      audit.record('remote.refused', address, 'no such code, or not any more')
    answer(reply)
  })

  socket.on('steer', (steer) => {
    if (steers.Check(steer)) remotes.steered(socket)?.emit('steer', steer)
  })

  socket.on('disconnect', () => remotes.leave(socket))
}
