/** Pictures that a server sends over a WebSocket: FLV, or MP4 in fragments. */
import { WebSocket } from 'ws'
import type { Feed } from './pull.ts'

const HANDSHAKE_MS = 8_000
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024

/** The system's words for a broken connection quote the address, so only their kind is told. */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: '信号源拒绝连接',
  ENOTFOUND: '网络不可达',
  EHOSTUNREACH: '网络不可达',
  ENETUNREACH: '网络不可达',
  ETIMEDOUT: '连接信号源超时',
}
const answers: Readonly<Record<number, string>> = {
  401: '信号源要求登录或口令不对',
  403: '信号源拒绝访问',
  404: '信号源地址不存在',
}

export function socketFeed(url: string): Feed {
  return ({ write, end }) => {
    const socket = new WebSocket(url, {
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    })
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) write(data)
    })
    socket.on('unexpected-response', (request, { statusCode = 0 }) => {
      request.destroy()
      end(answers[statusCode] ?? `信号源答复 ${statusCode}`)
    })
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end(words[error.code ?? ''] ?? '信号源的连接出错'),
    )
    socket.on('close', () => end('信号源结束了播放'))
    return () => socket.terminate()
  }
}
