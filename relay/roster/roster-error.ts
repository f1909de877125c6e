/** What stops a roster command, as one sentence for the person at the keyboard. */
export class RosterError extends Error {
  override readonly name = 'RosterError'
}
