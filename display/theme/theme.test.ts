import {
  converter,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  wcagContrast,
  type Color,
} from 'culori'
import { expect, test } from 'vitest'
import { paletteOf } from './theme.ts'

const lightOf = converter('lrgb')
const difference = differenceCiede2000()
const within = (value: number): number => Math.min(1, Math.max(0, value))

/** Machado, Oliveira and Fernandes 2009, at full severity. Their matrices are of light, culori multiplies whatever it is given. */
const through =
  (filter: ReturnType<typeof filterDeficiencyProt>) =>
  (hex: string): Color => {
    const { r, g, b } = filter({ ...lightOf(hex)!, mode: 'rgb' })
    return { mode: 'lrgb', r: within(r), g: within(g), b: within(b) }
  }
const eyes: Readonly<Record<string, (hex: string) => Color>> = {
  all: (hex) => lightOf(hex)!,
  'no red': through(filterDeficiencyProt()),
  'no green': through(filterDeficiencyDeuter()),
  'no blue': through(filterDeficiencyTrit()),
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
        expect(
          wcagContrast(colors[words], colors[ground]),
          `${words} on ${ground}`,
        ).toBeGreaterThan(4.5)
    expect(wcagContrast(colors.goldHi, colors.header), 'masthead').toBeGreaterThan(4.5)
    expect(wcagContrast(colors.sealRedText, colors.sealRed), 'seal').toBeGreaterThan(4.5)
    expect(wcagContrast(colors.textZero, colors.canvas), 'what stands back').toBeGreaterThan(4.5)
    expect(wcagContrast('#fff', colors.live), 'badge of a live picture').toBeGreaterThan(4.5)
    for (const words of ['textHi', 'textMid', 'textLo', 'gold'] as const)
      for (const ground of ['rowHot', 'tile', 'landHot', 'night'] as const)
        expect(
          wcagContrast(colors[words], colors[ground]),
          `${words} on ${ground}`,
        ).toBeGreaterThan(4.5)
  },
)

test.each(Object.entries(themes))('marks stand out from land and canvas: %s', (_, colors) => {
  const onLand = ['flag', 'flagHot', 'pole', 'warn1', 'warn2', 'warn3', 'warn4Plate'] as const
  for (const mark of [...onLand, 'offline'] as const)
    for (const ground of ['canvas', 'land'] as const)
      expect(wcagContrast(colors[mark], colors[ground]), `${mark} on ${ground}`).toBeGreaterThan(3)
  for (const mark of ['gold', 'goldLo', 'silver', 'flagMass', 'neutralBar', 'sealRed'] as const)
    expect(wcagContrast(colors[mark], colors.canvas), mark).toBeGreaterThan(3)
  expect(wcagContrast(colors.warn4Mark, colors.warn4Plate), 'bar').toBeGreaterThan(3)
})

/** Marks of one form that only their colour, and a word or a number beside them, tells apart; those that a form tells apart are held in tests/pictures. */
const scales = {
  'lines of the spectrum': ['gold', 'flagMass', 'warn2', 'warn3', 'warn4Plate', 'offline'],
  'points of a card': ['flagMass', 'gold', 'silver', 'textLo', 'neutralBar'],
  'cells of the grids': ['gold', 'textHi', 'warn3'],
  'bars of days': ['flagMass', 'flagHot', 'gold'],
  'bars of months': ['neutralBar', 'warn2', 'warn3'],
  'cells of a province': ['flagMass', 'warn2', 'offline'],
  'cells covered or not': ['flagMass', 'neutralBar'],
  'cases closed or not': ['gold', 'neutralBar'],
  'cells of the tiers': ['textHi', 'warn2', 'flagMass', 'silver', 'gold'],
  'a figure and what warns of it': ['textHi', 'warn2', 'warn3'],
  'a flag and where none flies': ['flag', 'offline'],
} as const

/** Several times what is just noticed; gold and the yellow of the list are the nearest pair. */
const apart = 9

// In mourning there is no gold to be told apart.
test.each(Object.entries(themes).filter(([name]) => name !== 'mourning'))(
  'whoever lacks a cone still tells the colours of one scale apart: %s',
  (_, colors) => {
    const near = Object.entries(scales).flatMap(([scale, names]) =>
      Object.entries(eyes).flatMap(([eye, see]) =>
        names.flatMap((one, at) =>
          names.slice(at + 1).flatMap((two) => {
            const between = difference(see(colors[one]), see(colors[two]))
            return between < apart ? [`${scale}, ${eye}: ${one}, ${two} ${between}`] : []
          }),
        ),
      ),
    )
    expect(near).toEqual([])
  },
)

test('who sees red as dark still has the pole, and with the setting for the colour-blind the cloth', () => {
  for (const see of Object.values(eyes)) {
    for (const { pole, land } of Object.values(themes))
      expect(wcagContrast(see(pole), see(land))).toBeGreaterThan(5)
    const { flag, land } = themes['colour-blind']
    expect(wcagContrast(see(flag), see(land))).toBeGreaterThan(4.4)
  }
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
