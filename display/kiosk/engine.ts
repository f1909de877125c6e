/** Which browser this is, in few words: Chromium 109. */
export function engineOf(userAgent: string): string {
  const [, name, major] = /(Firefox|Chrome)\/(\d+)/.exec(userAgent) ?? []
  if (name !== undefined) return `${name === 'Chrome' ? 'Chromium' : name} ${major}`
  const safari = /Version\/(\d+)[\d.]* .*Safari/.exec(userAgent)?.[1]
  return safari === undefined ? userAgent.slice(0, 80) || 'unknown' : `Safari ${safari}`
}
