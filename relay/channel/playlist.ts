/** What players and operators read: HLS (RFC 8216), the list of channels (extended M3U), and the guide (XMLTV). Pure. */
import type { Broadcast } from '../../protocol/channel.ts'
import { slotAt, slotMs } from './transport/times.ts'

export interface ListedChannel {
  readonly id: string
  /** As it stands in addresses: who knows it may watch. */
  readonly key: string
  readonly number: number
  readonly name: string
  /** 金陵镇; what players sort by. */
  readonly group: string
}

/** So many slots are listed: a player begins three of them before the end. */
const listed = 6

/** Slots are known ahead, so the one that has begun is the last of the list. */
export function hlsOf(now: number): string {
  const last = slotAt(now)
  const numbers = Array.from({ length: listed }, (_, at) => last - listed + 1 + at)
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    `#EXT-X-TARGETDURATION:${Math.ceil(slotMs / 1_000)}`,
    `#EXT-X-MEDIA-SEQUENCE:${numbers[0]}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...numbers.flatMap((n) => [`#EXTINF:${(slotMs / 1_000).toFixed(3)},`, `${n}.ts`]),
    '',
  ].join('\n')
}

/** `origin`: as the boxes reach this program, without a slash at its end; `guide`: the address of the guide. */
export function m3uOf(channels: readonly ListedChannel[], origin: string, guide: string): string {
  const quoted = (text: string): string => text.replaceAll('"', '”').replaceAll('\n', ' ')
  return [
    `#EXTM3U x-tvg-url="${guide}"`,
    ...channels.flatMap(({ id, key, number, name, group }) => [
      `#EXTINF:-1 tvg-id="${quoted(id)}" tvg-name="${quoted(name)}" tvg-chno="${number}" group-title="${quoted(group)}",${quoted(name)}`,
      `${origin}/${key}/index.m3u8`,
    ]),
    '',
  ].join('\n')
}

/** http://xmltv.org, version 0.5.16; times are of Beijing. */
export function xmltvOf(
  channels: readonly ListedChannel[],
  broadcasts: readonly Broadcast[],
): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE tv SYSTEM "xmltv.dtd">',
    '<tv source-info-name="红旗墙">',
    ...channels.map(
      ({ id, number, name }) =>
        `  <channel id="${escaped(id)}"><display-name lang="zh">${escaped(name)}</display-name><display-name>${number}</display-name></channel>`,
    ),
    ...broadcasts.map(
      ({ channel, title, startMs, endMs }) =>
        `  <programme start="${stamp(startMs)}" stop="${stamp(endMs)}" channel="${escaped(channel)}"><title lang="zh">${escaped(title)}</title></programme>`,
    ),
    '</tv>',
    '',
  ].join('\n')
}

const beijingMs = 8 * 3_600_000

/** 20261201070000 +0800 */
function stamp(ms: number): string {
  const digits = new Date(ms + beijingMs).toISOString().replaceAll(/\D/g, '').slice(0, 14)
  return `${digits} +0800`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
