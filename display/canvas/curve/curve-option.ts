/** The option of the learners' curve: data → picture, no chart library needed. */
import type { colors as themeColors } from '../../theme/theme.ts'

export interface CurveData {
  /** Learners so far at the end of each 10-minute slot. */
  readonly today: readonly number[]
  readonly yesterday: readonly number[]
  /** Minute of the day up to which today is known. */
  readonly stopMinute: number
  /** The hatched gap runs from stopMinute to here; null when the data is live. */
  readonly gapMinute: number | null
  readonly quiet: boolean
}

export function points(learners: readonly number[], untilMinute: number): [number, number][] {
  return [
    [0, 0] as [number, number],
    ...learners
      .map((value, slot): [number, number] => [(slot + 1) * 10, value])
      .filter(([minute]) => minute <= untilMinute),
  ]
}

export function curveOption(
  data: CurveData,
  u: number,
  colors: typeof themeColors,
): Record<string, unknown> {
  const today = points(data.today, data.stopMinute)
  const yesterday = points(data.yesterday, 1440)
  const top = Math.max(1, ...data.today, ...data.yesterday)
  const dot = today.at(-1) ?? [0, 0]
  return {
    animation: false,
    grid: { left: u * 0.5, right: u * 0.5, top: u * 1, bottom: u * 2.6 },
    xAxis: {
      type: 'value',
      min: 0,
      max: 1440,
      interval: 360,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: colors.textLo,
        fontFamily: 'Barlow Semi Condensed',
        fontSize: u * 1.75,
        margin: u * 0.6,
        showMaxLabel: false,
        alignMinLabel: 'left',
        formatter: (minute: number) => `${String(minute / 60).padStart(2, '0')}:00`,
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: top * 1.05,
      interval: (top * 1.05) / 2,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { show: false },
      splitLine: { lineStyle: { color: colors.rowLine, width: Math.max(1, u * 0.125) } },
    },
    series: [
      {
        type: 'line',
        data: yesterday,
        showSymbol: false,
        silent: true,
        lineStyle: { color: colors.neutralBar, width: Math.max(1, u * 0.18) },
      },
      {
        type: 'line',
        data: today,
        showSymbol: false,
        silent: true,
        lineStyle: {
          color: data.quiet ? colors.goldLo : colors.gold,
          width: Math.max(1, u * 0.22),
        },
        areaStyle: { color: colors.gold, opacity: 0.22 },
        markPoint: {
          symbol: 'circle',
          symbolSize: u * 1,
          silent: true,
          label: { show: false },
          itemStyle: { color: data.quiet ? colors.textLo : colors.textHi },
          data: [{ coord: dot }],
        },
        ...(data.gapMinute === null || data.gapMinute <= data.stopMinute
          ? {}
          : {
              markArea: {
                silent: true,
                itemStyle: {
                  color: 'transparent',
                  decal: {
                    symbol: 'rect',
                    dashArrayX: [1, 0],
                    dashArrayY: [2, 5],
                    rotation: -Math.PI / 4,
                    color: colors.border,
                  },
                  borderColor: colors.border,
                  borderWidth: 1,
                },
                data: [[{ xAxis: data.stopMinute }, { xAxis: data.gapMinute }]],
              },
            }),
      },
    ],
  }
}
