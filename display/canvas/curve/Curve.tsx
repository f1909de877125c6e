/** The only chart library on the wall, loaded when first needed; one instance, updated in place. */
import { LineChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkPointComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import ReactECharts from 'echarts-for-react/esm/core'
import { memo, useEffect, useMemo, useRef } from 'react'
import { useScreen } from '../../kiosk/screen.ts'
import { colors } from '../../theme/theme.ts'
import { curveOption, type CurveData } from './curve-option.ts'

echarts.use([LineChart, GridComponent, MarkAreaComponent, MarkPointComponent, CanvasRenderer])

/** echarts-for-react compares whole options on every render: it gets one constant, updates go past it. */
const start = { backgroundColor: 'transparent' }
const fill = { width: '100%', height: '100%' }
const Host = memo(function Host({ hold }: { readonly hold: (host: ReactECharts | null) => void }) {
  return (
    <ReactECharts
      ref={hold}
      echarts={echarts}
      option={start}
      style={fill}
      opts={{ renderer: 'canvas' }}
    />
  )
})

export default function Curve(data: CurveData) {
  const { u } = useScreen()
  const host = useRef<ReactECharts | null>(null)
  const hold = useMemo(
    () => (next: ReactECharts | null) => {
      host.current = next
    },
    [],
  )
  const { today, yesterday, stopMinute, gapMinute, quiet } = data
  useEffect(
    function updateCurve() {
      const draw = () =>
        host.current
          ?.getEchartsInstance()
          .setOption(curveOption({ today, yesterday, stopMinute, gapMinute, quiet }, u, colors), {
            notMerge: true,
          })
      draw()
      // The wrapper creates its chart asynchronously; a second pass reaches the final instance.
      const timer = setTimeout(draw, 300)
      return () => clearTimeout(timer)
    },
    [today, yesterday, stopMinute, gapMinute, quiet, u],
  )
  return <Host hold={hold} />
}
