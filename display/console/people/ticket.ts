/** The ticket of a one-time link does not stay in the address bar, from where somebody else might take it. */
export function takeTicket(): string | null {
  const ticket = /^#\/invitation\/([\w-]{43})$/.exec(location.hash)?.[1]
  if (ticket === undefined) return null
  history.replaceState(null, '', '/console')
  return ticket
}
