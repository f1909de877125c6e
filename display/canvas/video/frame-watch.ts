/** Sees each new picture that a video shows: what comes over a wire, or an event says, is no picture. */

export interface FrameWatch {
  /** Call some times a second, for engines that count pictures and tell of none. */
  look(): void
  /** Pictures decoded so far. */
  decoded(): number
  stop(): void
}

/** Televisions before Chromium 80 have the count under its older name. */
function decodedFrames(video: HTMLVideoElement & { webkitDecodedFrameCount?: number }): number {
  return typeof video.getVideoPlaybackQuality === 'function'
    ? video.getVideoPlaybackQuality().totalVideoFrames
    : (video.webkitDecodedFrameCount ?? 0)
}

/** As tiles play: without sound, and nowhere but in their place. */
export function silence(video: HTMLVideoElement): void {
  video.muted = true
  video.playsInline = true
  video.disablePictureInPicture = true
}

export function watchFrames(video: HTMLVideoElement, onFrame: () => void): FrameWatch {
  // Where it exists it is the better witness: it counts pictures shown.
  const hasCallback = 'requestVideoFrameCallback' in video
  let handle: number | undefined
  let counted = decodedFrames(video)

  function follow(): void {
    handle = video.requestVideoFrameCallback(() => {
      onFrame()
      follow()
    })
  }
  if (hasCallback) follow()

  return {
    look() {
      const frames = decodedFrames(video)
      if (frames !== counted && !hasCallback) onFrame()
      counted = frames
    },
    decoded: () => decodedFrames(video),
    stop() {
      if (handle !== undefined) video.cancelVideoFrameCallback(handle)
    },
  }
}
