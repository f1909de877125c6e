/** Words that parts of the OpenAPI document are written with. Schemas are written out where they are used. */
export type Json = Readonly<Record<string, unknown>>

export interface Writer {
  /** An answer with a JSON body. */
  json(description: string, schema: unknown): Json
  /** A JSON body that has to come with the question. */
  body(schema: unknown): Json
  path(name: string, schema: Json, description: string): Json
  query(name: string, schema: Json, description: string, required?: boolean): Json
  /** RFC 9457. `retry` where `Retry-After` says when. */
  problem(description: string, retry?: boolean): Json
  /** What everybody else is answered. */
  readonly forOperators: Json
}
