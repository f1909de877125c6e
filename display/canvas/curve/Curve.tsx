/** The only chart library on the wall, loaded when first needed; one instance, updated in place. */
import { LineChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkPointComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import ReactECharts from 'echarts-for-react/esm/core'
import { memo, useEffect, useState } from 'react'
import { useScreen } from '../../kiosk/screen.ts'
import { colors } from '../../theme/theme.ts'
import { curveOption, type CurveData } from './curve-option.ts'

echarts.use([LineChart, GridComponent, MarkAreaComponent, MarkPointComponent, CanvasRenderer])

type Chart = echarts.EChartsType

/** echarts-for-react compares whole options on every render: it gets one constant, updates go past it. */
const start = { backgroundColor: 'transparent' }
const canvas = { renderer: 'canvas' } as const
const fill = { width: '100%', height: '100%' }
const Host = memo(function Host({ onReady }: { readonly onReady: (chart: Chart) => void }) {
  return (
    <ReactECharts
      echarts={echarts}
      option={start}
      style={fill}
      opts={canvas}
      autoResize={false}
      onChartReady={onReady}
    />
  )
})

export default function Curve(data: CurveData) {
  const { u } = useScreen()
  // The wrapper throws its first instance away and makes another, as late as a busy machine lets it.
  const [chart, setChart] = useState<Chart | null>(null)
  const { today, yesterday, stopMinute, gapMinute, quiet } = data
  useEffect(
    function updateCurve() {
      if (chart === null || chart.isDisposed()) return
      chart.setOption(curveOption({ today, yesterday, stopMinute, gapMinute, quiet }, u, colors), {
        notMerge: true,
      })
    },
    [chart, today, yesterday, stopMinute, gapMinute, quiet, u],
  )
  // The wrapper passes over the first change of size, and a place may change while its instance is being made.
  useEffect(
    function fitPlace() {
      if (chart === null || chart.isDisposed()) return
      const fitted = new ResizeObserver(() => chart.resize({ width: 'auto', height: 'auto' }))
      fitted.observe(chart.getDom())
      return () => fitted.disconnect()
    },
    [chart],
  )
  return <Host onReady={setChart} />
}
