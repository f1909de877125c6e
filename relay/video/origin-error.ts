/** Why there is nothing to read, in one sentence without addresses. */
export class OriginError extends Error {
  override readonly name = 'OriginError'
}
