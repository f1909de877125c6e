/** A screen on a relay's video socket that takes everything, and counts every byte of picture. */
import { once } from 'node:events'
import { Value } from 'typebox/value'
import { WebSocket } from 'ws'
import { readPicture, VideoMessage, type VideoRequest } from '../../protocol/video.ts'

type State = Extract<VideoMessage, { readonly type: 'state' }>

export interface VideoScreen {
  readonly socket: WebSocket
  readonly messages: readonly VideoMessage[]
  /** Bytes of pictures, by source. */
  readonly bytes: ReadonlyMap<string, number>
  /** How many pictures of a source have come. */
  pictures(source: string): number
  /** When the last of a source's came; -Infinity where none did. */
  lastAt(source: string): number
  watch(...sources: readonly string[]): void
  unwatch(...sources: readonly string[]): void
  /** What was last told of a source. */
  state(source: string): State | undefined
  /** A source's pictures from its last but one key picture on, as a file. */
  film(source: string): Buffer
  close(): void
}

export async function openVideo(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<VideoScreen> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/video`, { headers })
  const messages: VideoMessage[] = []
  const bytes = new Map<string, number>()
  const pictures = new Map<string, number>()
  const last = new Map<string, number>()
  const films = new Map<string, { readonly init: Buffer; readonly groups: readonly Buffer[][] }>()
  const names = new Map<number, string>()
  const states = new Map<string, State>()
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) {
      const message = Value.Parse(VideoMessage, JSON.parse(data.toString()))
      messages.push(message)
      if (message.type !== 'state') return
      names.set(message.index, message.source)
      states.set(message.source, message)
      return
    }
    const picture = readPicture(new Uint8Array(data).buffer)
    if (picture === undefined) throw new Error('what came is no picture')
    const source = names.get(picture.index) ?? 'untold'
    bytes.set(source, (bytes.get(source) ?? 0) + data.length)
    last.set(source, performance.now())
    if (picture.kind !== 'init') pictures.set(source, (pictures.get(source) ?? 0) + 1)
    const part = Buffer.from(picture.bytes)
    const { init, groups } = films.get(source) ?? { init: part, groups: [] }
    if (picture.kind === 'init') films.set(source, { init: part, groups: [] })
    else if (picture.kind === 'key')
      films.set(source, { init, groups: [...groups.slice(-1), [part]] })
    else groups.at(-1)?.push(part)
  })
  await once(socket, 'open')
  const ask = (type: VideoRequest['type'], sources: readonly string[]): void => {
    for (const source of sources) socket.send(JSON.stringify({ type, source }))
  }
  return {
    socket,
    messages,
    bytes,
    pictures: (source) => pictures.get(source) ?? 0,
    lastAt: (source) => last.get(source) ?? -Infinity,
    watch: (...sources) => ask('watch', sources),
    unwatch: (...sources) => ask('unwatch', sources),
    state: (source) => states.get(source),
    film(source) {
      const film = films.get(source)
      return film === undefined
        ? Buffer.alloc(0)
        : Buffer.concat([film.init, ...film.groups.flat()])
    },
    close: () => socket.close(),
  }
}
