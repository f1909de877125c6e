const [noPicture, noVideo] = ['信号源没有视频画面', '信号源发来的不是视频'] as const

/** The source was there, and ffmpeg may have looked at too little of it. */
export const isUnread = (reason: string): boolean => reason === noPicture || reason === noVideo

/** Why ffmpeg ended, in the operator's words and without addresses: its own lines quote URLs with passwords. */
export function describeEnd(said: string, code: number | null, signal: string | null): string {
  const known: readonly (readonly [RegExp, string])[] = [
    [/connection refused/i, '信号源拒绝连接'],
    [/\b401\b|unauthorized/i, '信号源要求登录或口令不对'],
    [/\b403\b|forbidden/i, '信号源拒绝访问'],
    [/\b404\b|not found/i, '信号源地址不存在'],
    [/no such file/i, '视频文件不存在'],
    [/timed out|timeout/i, '连接信号源超时'],
    [/no route|unreachable|resolve/i, '网络不可达'],
    [/matches no streams/i, noPicture],
    [/end of file|connection reset|broken pipe|input\/output error/i, '信号源断开了连接'],
    [/invalid data|could not find codec/i, noVideo],
  ]
  for (const [pattern, sentence] of known) if (pattern.test(said)) return sentence
  // It looked for a name that a playlist or a redirect led it to.
  if (signal === 'SIGSEGV') return '自带的 ffmpeg 已崩溃，请安装系统的 ffmpeg'
  return code === 0 ? '信号源结束了播放' : `拉流程序已退出（${signal ?? code ?? '未知'}）`
}
