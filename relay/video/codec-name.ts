const names: readonly (readonly [RegExp, string])[] = [
  [/^avc/, 'H.264'],
  [/^(hev|hvc)/, 'H.265'],
  [/^mp4v/, 'MPEG-4'],
  [/^vp0?9/, 'VP9'],
  [/^av01/, 'AV1'],
]

/** What an operator knows a coding by: `hev1` is H.265. */
export function codecName(codec: string): string {
  return names.find(([pattern]) => pattern.test(codec))?.[1] ?? (codec || '此编码')
}
