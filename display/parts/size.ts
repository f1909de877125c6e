/** The room of a widget that stands in places of more than one size, in u. */
export interface Size {
  readonly w: number
  readonly h: number
}
