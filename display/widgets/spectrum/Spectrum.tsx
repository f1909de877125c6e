/** 支部谱: all branches in one line of lines; nobody hides in an average. Beside one township the others are dimmed. */
import { useEffect, useMemo, useRef } from 'react'
import { useTable, useTrust } from '../../board.ts'
import { useSubject } from '../../director/openings.ts'
import { useRoom, useScreen } from '../../kiosk/screen.ts'
import { useCue } from '../../parts/cue.ts'
import { TownshipOpener } from '../../parts/TownshipOpener.tsx'
import { colors } from '../../theme/theme.ts'
import tokens from '../../theme/tokens.json'
import { layoutSpectrum, type LineTone } from './layout.ts'
import './spectrum.css'

const tones = {
  gold: 'gold',
  red: 'flagMass',
  yellow: 'warn2',
  orange: 'warn3',
  plate: 'warn4Plate',
  slate: 'offline',
} as const satisfies Record<LineTone, keyof typeof colors>
const barsU = 9.75
const dimmed = 0.3
const [growFromMs = 0, growToMs = 0] = tokens.motion.event.spectrum
const growMs = growToMs - growFromMs

export function Spectrum() {
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const townships = useTable('townships')
  const { u, reduced } = useScreen()
  const trust = useTrust()
  const subject = useSubject()
  const canvas = useRef<HTMLCanvasElement>(null)
  /** Heights as they stand on the canvas. */
  const drawn = useRef(new Map<string, number>())
  const cue = useCue(growFromMs)
  const ratio = devicePixelRatio
  const widthU = useRoom().w
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
        drawn.current.clear()
      }
      const before = new Map(drawn.current)
      const changes = layout.lines.some(
        (line) => (before.get(line.id) ?? line.height) !== line.height,
      )
      const paint = (part: number) => {
        context.clearRect(0, 0, width, height)
        drawn.current.clear()
        for (const line of layout.lines) {
          const from = before.get(line.id) ?? line.height
          const tall = from + (line.height - from) * part
          drawn.current.set(line.id, tall)
          const top = height - Math.round(tall)
          context.globalAlpha = subject === null || subject === line.group ? 1 : dimmed
          context.fillStyle = colors[tones[line.tone]]
          context.fillRect(line.x, top, line.width, height - top)
          if (!line.cap) continue
          context.fillStyle = colors.textHi
          const cap = Math.max(line.width, Math.round(u * ratio * 0.25))
          const gap = Math.max(1, Math.round(u * ratio * 0.12))
          context.fillRect(line.x, top - cap - gap, line.width, cap)
        }
      }
      const waitMs = changes ? cue() : 0
      if (reduced || !changes || before.size === 0) {
        paint(1)
        return
      }
      let handle = 0
      const timer = setTimeout(() => {
        const since = performance.now()
        handle = requestAnimationFrame(function grow(at) {
          const part = Math.min(1, Math.max(0, (at - since) / growMs))
          paint(1 - (1 - part) ** 3)
          if (part < 1) handle = requestAnimationFrame(grow)
        })
      }, waitMs)
      return () => {
        clearTimeout(timer)
        cancelAnimationFrame(handle)
      }
    },
    [layout, u, ratio, widthU, reduced, cue, subject],
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
          <li
            key={label.x}
            style={{ left: `${label.x / ratio}px` }}
            className={subject === null ? '' : subject === label.group ? 'is-subject' : 'is-dim'}
          >
            <TownshipOpener code={label.group} name={label.text} />{' '}
            <span className="fig">{label.figures}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
