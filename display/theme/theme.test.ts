import { expect, test } from 'vitest'
import { paletteOf } from './theme.ts'

/** WCAG 2.2, relative luminance of #RRGGBB. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(one: string, two: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(two)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const themes = {
  LCD: paletteOf({}),
  LED: paletteOf({ isLed: true }),
  'colour-blind': paletteOf({ isCvd: true }),
  mourning: paletteOf({ isMourning: true }),
}

test.each(Object.entries(themes))(
  'words are read on every ground of the theme: %s',
  (_, colors) => {
    for (const words of [
      'textHi',
      'textMid',
      'textLo',
      'gold',
      'goldHi',
      'warn2',
      'warn3',
    ] as const)
      for (const ground of ['canvas', 'panel', 'land', 'bannerStale'] as const)
        expect(contrast(colors[words], colors[ground]), `${words} on ${ground}`).toBeGreaterThan(
          4.5,
        )
    expect(contrast(colors.goldHi, colors.header), 'masthead').toBeGreaterThan(4.5)
    expect(contrast(colors.sealRedText, colors.sealRed), 'seal').toBeGreaterThan(4.5)
  },
)

test.each(Object.entries(themes))('marks stand out from land and canvas: %s', (_, colors) => {
  for (const mark of ['flag', 'flagHot', 'pole', 'warn1', 'warn2', 'warn3', 'warn4Plate'] as const)
    for (const ground of ['canvas', 'land'] as const)
      expect(contrast(colors[mark], colors[ground]), `${mark} on ${ground}`).toBeGreaterThan(3)
})

test('an LED wall is off where nothing is shown, and its white is held back', () => {
  const { canvas, panel, rowHot, bannerStale, tile, textHi } = themes.LED
  expect([canvas, panel, rowHot, bannerStale, tile]).toEqual(Array(5).fill('#000000'))
  expect(textHi).toBe('#E6E1D7')
})

test('mourning leaves the cloth of the flags as the law has it', () => {
  expect(themes.mourning.flag).toBe(themes.LCD.flag)
  expect(themes.mourning.flagMass).not.toBe(themes.LCD.flagMass)
})
