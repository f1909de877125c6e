/** The stage's own corner, in u of the canvas. */
export const corner = { x: 61, y: 14 } as const

/** CSS position in the stage of a point in u of the canvas. */
export const place = (x: number, y: number) => ({
  left: `calc(var(--u) * ${(x - corner.x).toFixed(3)})`,
  top: `calc(var(--u) * ${(y - corner.y).toFixed(3)})`,
})
