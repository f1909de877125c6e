import { Compile } from 'typebox/compile'
import { VideoRequest } from '../../protocol/video.ts'

const requests = Compile(VideoRequest)

/** A screen's message, or a sentence saying why it is none. */
export function readRequest(text: string): VideoRequest | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'message is not JSON'
  }
  return requests.Check(value) ? value : 'message is not { type: watch or unwatch, source }'
}
