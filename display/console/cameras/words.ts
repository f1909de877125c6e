import type { ConsoleCamera } from '../../../protocol/console-cameras.ts'
import type { Camera } from '../../../protocol/video.ts'

type Words<K extends string> = Readonly<Record<K, string>>

export const kindNames: Words<Camera['kind']> = {
  file: '文件',
  rtsp: 'RTSP',
  rtmp: 'RTMP',
  'rtmp-push': '手机推流',
  hls: 'HLS',
  'http-flv': 'HTTP-FLV',
  'http-ts': 'HTTP-TS',
  'ws-flv': 'WS-FLV',
  'ws-fmp4': 'WS-fMP4',
  whep: 'WHEP',
  gateway: '视频平台',
}
export const healthNames: Words<Camera['health']['state']> = {
  unknown: '未查看',
  ok: '正常',
  dark: '全黑',
  frozen: '画面静止',
  lost: '无信号',
}
export const stateNames: Words<ConsoleCamera['state']> = {
  idle: '未播放',
  connecting: '连接中',
  waiting: '排队中',
  live: '播放中',
  lost: '中断',
  direct: '直连',
}
