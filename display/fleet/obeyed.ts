/** What a wall does with the settings that somebody has given it; where they say nothing the address and the county's file go on. Pure. */
import type { ScreenConfig } from '../../protocol/screens.ts'
import type { Plan } from '../director/plan.ts'
import { wholeWall } from '../kiosk/cut.ts'
import type { Settings } from '../settings.ts'

export type Shape = Pick<Settings, 'cut' | 'panels' | 'wall' | 'mistake'>

export function shapeOf(screen: Pick<ScreenConfig, 'size'> | null, asked: Shape): Shape {
  if (screen === null || screen.size === null) return asked
  const { wall, grid, part, bezel, seams } = screen.size
  const [columns, rows] = grid
  const isWhole = columns * rows === 1
  const [panelColumns, panelRows] = seams ?? grid
  return {
    wall,
    mistake: null,
    cut: isWhole ? wholeWall : { columns, rows, column: part[0], row: part[1], bezel },
    panels: isWhole && seams === null ? null : { columns: panelColumns, rows: panelRows },
  }
}

export function planFor(screen: Pick<ScreenConfig, 'scenes' | 'sleep'> | null, asked: Plan): Plan {
  if (screen === null) return asked
  const { scenes, sleep } = screen
  return {
    ...asked,
    scenes,
    sleep: sleep === null ? asked.sleep : { from: hourOf(sleep.from), to: hourOf(sleep.to) },
  }
}

/** 06:30 is 6.5. */
function hourOf(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':')
  return Number(hour) + Number(minute) / 60
}
