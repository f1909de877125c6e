/** How a browser fetches a camera's pictures by itself. */
import type { Attempt, Failure } from './url-player.ts'

/** A relay that does not answer is no longer waited for. */
const ANSWER_MS = 10_000
/** Candidates are those of this machine: longer than that they are not looked for. */
const GATHER_MS = 500

const broken: Failure = { why: '与服务器的连接已断开', isRefused: false }

/** The relay's own words for what it does not give. */
async function failureOf(response: Response): Promise<Failure> {
  const body: unknown = await response.json().catch(() => null)
  const hasWords = typeof body === 'object' && body !== null && 'detail' in body
  const why = hasWords ? String(body.detail) : `服务器答复 ${response.status}`
  return { why, isRefused: response.status === 403 }
}

/** Also where `AbortController` is missing, as on televisions: then what comes later is not heard. */
function createSignal(): { readonly signal: AbortSignal | null; abort(): void } {
  if (typeof AbortController === 'undefined') return { signal: null, abort: () => undefined }
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), ANSWER_MS)
  return {
    signal: controller.signal,
    abort() {
      clearTimeout(timer)
      controller.abort()
    },
  }
}

/** `address`: of the playlist. It is asked for once beforehand, since a video element does not say why it failed. */
export const byHls =
  (address: string): Attempt =>
  (video, fail) => {
    const asking = createSignal()
    let isOver = false
    const onError = () => fail({ why: '此路画面无法播放', isRefused: false })
    fetch(address, { signal: asking.signal })
      .then(async (response) => {
        if (isOver) return
        if (!response.ok) {
          fail(await failureOf(response))
          return
        }
        video.addEventListener('error', onError)
        video.src = address
        video.play().catch(() => undefined)
      })
      .catch(() => fail(broken))
    return () => {
      isOver = true
      asking.abort()
      video.removeEventListener('error', onError)
      video.removeAttribute('src')
      video.load()
    }
  }

async function gathered(peer: RTCPeerConnection): Promise<string> {
  await peer.setLocalDescription(await peer.createOffer())
  if (peer.iceGatheringState !== 'complete')
    await new Promise<void>((done) => {
      const timer = setTimeout(done, GATHER_MS)
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState !== 'complete') return
        clearTimeout(timer)
        done()
      })
    })
  return peer.localDescription?.sdp ?? ''
}

/** `address`: where offers go (WHEP, draft-ietf-wish-whep). */
export const byWhep =
  (address: string): Attempt =>
  (video, fail) => {
    const asking = createSignal()
    const peer = new RTCPeerConnection()
    let session: string | null = null
    let isOver = false
    const endSession = () => {
      if (session !== null) void fetch(session, { method: 'DELETE', keepalive: true })
      session = null
    }
    peer.addTransceiver('video', { direction: 'recvonly' })
    peer.addEventListener('track', ({ track, receiver }) => {
      // Smooth is less than now: a wall is watched for what happens at this moment.
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0
      video.srcObject = new MediaStream([track])
      video.play().catch(() => undefined)
    })
    peer.addEventListener('connectionstatechange', () => {
      if (peer.connectionState === 'failed') fail({ why: '与信号源的连接已断开', isRefused: false })
    })
    async function talk(): Promise<void> {
      const sdp = await gathered(peer)
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/sdp' },
        body: sdp,
        signal: asking.signal,
      })
      if (!response.ok) {
        fail(await failureOf(response))
        return
      }
      session = response.headers.get('location')
      if (isOver) endSession()
      else await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() })
    }
    talk().catch(() => fail(broken))
    return () => {
      isOver = true
      asking.abort()
      endSession()
      peer.close()
      video.srcObject = null
    }
  }
