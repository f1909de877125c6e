/** 支部谱: all branches in one line of lines; nobody hides in an average. */
import { useEffect, useMemo, useRef } from 'react'
import { useTable, useTrust } from '../../board.ts'
import { useScreen } from '../../kiosk/screen.ts'
import { areaOf, colors } from '../../theme/theme.ts'
import { layoutSpectrum, type LineTone } from './layout.ts'
import './spectrum.css'

const tones: Readonly<Record<LineTone, string>> = {
  gold: colors.gold,
  red: colors.flagMass,
  yellow: colors.warn2,
  orange: colors.warn3,
  plate: colors.warn4Plate,
  slate: colors.border,
}
const barsU = 9.75
const growMs = 400

export function Spectrum() {
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const townships = useTable('townships')
  const { u, reduced } = useScreen()
  const trust = useTrust()
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawn = useRef(new Map<string, number>())
  const ratio = devicePixelRatio
  const widthU = areaOf('spectrum')[2]
  const layout = useMemo(
    () => layoutSpectrum({ organizations, branches, townships }, widthU * u * ratio, u * ratio),
    [organizations, branches, townships, widthU, u, ratio],
  )

  useEffect(
    function drawLines() {
      const context = canvas.current?.getContext('2d')
      if (!context || !canvas.current) return
      const width = Math.round(widthU * u * ratio)
      const height = Math.round(barsU * u * ratio)
      if (canvas.current.width !== width || canvas.current.height !== height) {
        canvas.current.width = width
        canvas.current.height = height
      }
      const before = drawn.current
      const grows =
        !reduced &&
        before.size > 0 &&
        layout.lines.some((line) => (before.get(line.id) ?? line.height) !== line.height)
      const paint = (part: number) => {
        context.clearRect(0, 0, width, height)
        for (const line of layout.lines) {
          const from = before.get(line.id) ?? line.height
          const tall = Math.round(from + (line.height - from) * part)
          context.fillStyle = tones[line.tone]
          context.fillRect(line.x, height - tall, line.width, tall)
          if (!line.cap) continue
          context.fillStyle = colors.textHi
          const cap = Math.max(line.width, Math.round(u * ratio * 0.25))
          context.fillRect(
            line.x,
            height - tall - cap - Math.max(1, Math.round(u * ratio * 0.12)),
            line.width,
            cap,
          )
        }
      }
      const settle = () => {
        drawn.current = new Map(layout.lines.map((line) => [line.id, line.height]))
      }
      if (!grows) {
        paint(1)
        settle()
        return
      }
      const since = performance.now()
      let handle = requestAnimationFrame(function grow(at) {
        const part = Math.min(1, Math.max(0, (at - since) / growMs))
        paint(1 - (1 - part) ** 3)
        if (part < 1) handle = requestAnimationFrame(grow)
        else settle()
      })
      return () => {
        cancelAnimationFrame(handle)
        settle()
      }
    },
    [layout, u, ratio, widthU, reduced],
  )

  return (
    <section
      className="spectrum"
      data-testid="spectrum"
      data-lines={layout.lines.length}
      data-trust={trust}
      aria-label="支部谱"
    >
      <canvas ref={canvas} />
      {layout.lines.length === 0 && <p className="spectrum-empty">支部谱 · 等待组织库</p>}
      <ol>
        {layout.labels.map((label) => (
          <li key={label.x} style={{ left: `${label.x / ratio}px` }}>
            {label.text} <span className="fig">{label.figures}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
