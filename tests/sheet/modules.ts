/** What has to be seen of each scene of a county: where it stands, and whether it is drawn or written. */

export interface Module {
  /** Found within the scene that is on; the first word names the panel. */
  readonly at: string
  /** At least so many canvases or SVGs, each with something on it; or so many letters that can be read. */
  readonly is: 'drawn' | 'written'
  readonly least: number
}

const drawn = (at: string, least = 1): Module => ({ at, is: 'drawn', least })
const written = (...ids: readonly string[]): readonly Module[] =>
  ids.map((id) => ({ at: `[data-testid="${id}"]`, is: 'written', least: 5 }))

export const modules: Readonly<Record<string, readonly Module[]>> = {
  overview: [
    drawn('.map-stage .map-land svg.leaflet-zoom-animated'),
    drawn('.map-stage .map-land canvas'),
    drawn('.map-stage .map-lines'),
    drawn('.map-stage .map-rack canvas', 2),
    drawn('[data-testid="spectrum"] canvas'),
    drawn('[data-testid="study"] canvas'),
    ...written('kpi', 'orders', 'floating', 'spectrum', 'warnings', 'ranking', 'study', 'video'),
    ...written('feed'),
  ],
  ranking: [
    drawn('[data-testid="points-histogram"] .histogram-plot'),
    ...written('points-histogram', 'township-points', 'help-list'),
    // Branches and members lead by turns.
    { at: ':is([data-testid=gold-list],[data-testid=member-list])', is: 'written', least: 5 },
  ],
  warnings: [
    drawn('[data-testid="silence-axis"] svg'),
    ...written('silence-axis', 'township-warnings', 'term-months', 'supervision'),
  ],
  floating: [
    drawn('[data-testid="destinations"] .destinations-arcs'),
    drawn('[data-testid="destinations"] .home-outline'),
    ...written('destinations', 'floating-branches', 'floating-live', 'floating-cover'),
    ...written('floating-feed'),
  ],
  governance: [
    drawn('[data-testid="order-ages"] svg'),
    drawn('[data-testid="closure"] svg'),
    ...written('order-steps', 'year-figures', 'order-ages', 'closure', 'case-river'),
  ],
  learning: [
    drawn('[data-testid="study-day"] canvas'),
    drawn('[data-testid="study-month"] svg'),
    drawn('[data-testid="study-minutes"] svg'),
    ...written('study-day', 'study-month', 'study-minutes', 'study-places'),
  ],
  services: [
    drawn('[data-testid="order-days"] svg.columns'),
    ...written('order-days', 'volunteering'),
  ],
  video: [...written('patrol', 'patrol-sites')],
  platforms: [drawn('[data-testid="platforms"] svg.columns'), ...written('sources', 'platforms')],
  night: [...written('night')],
}
