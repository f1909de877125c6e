/** `GET /v1/basemap/{county}/{z}/{x}/{y}`: a tile of the map under a county's outline. */
import type { Express } from 'express'
import type { Basemap } from '../basemap/basemap.ts'
import { problem } from './answer.ts'

export function serveBasemap(app: Express, basemap: Basemap): void {
  app.get('/v1/basemap/:county/:z/:x/:y', async (req, res) => {
    const { county } = req.params
    const [z = NaN, x = NaN, y = NaN] = [req.params.z, req.params.x, req.params.y].map(Number)
    const answer = await basemap.tile(county, { z, x, y })
    if (answer.kind === 'absent') problem(res, 404, 'No such tile', answer.detail)
    else if (answer.kind === 'failed') problem(res, 502, 'No map', answer.detail)
    else res.set('cache-control', 'private, max-age=604800').type(answer.type).send(answer.bytes)
  })
}
