/** What the page of channel slides offers to the program that takes its pictures. */
export interface ChannelVillage {
  /** An organisation's. */
  readonly id: string
  /** 天地山村 */
  readonly place: string
  /** 金陵镇 */
  readonly township: string
}
export interface ChannelProgramme {
  readonly village: string
  /** What each slide says; equal words make equal pictures. */
  readonly slides: readonly string[]
  /** The radio column that is on the air; `startMs` since 1970, `audio` a file in DATA_DIR/media. */
  readonly onAir: {
    readonly id: string
    readonly startMs: number
    readonly audio: string | null
  } | null
}

export interface Broadcast {
  readonly channel: string
  readonly title: string
  /** Since 1970. */
  readonly startMs: number
  readonly endMs: number
}

export interface ChannelDoor {
  /** False until there is a board and a television file. */
  isReady(): boolean
  villages(): readonly ChannelVillage[]
  programmes(villages: readonly string[]): readonly ChannelProgramme[]
  /** Today and tomorrow, without gaps. */
  guide(villages: readonly string[]): readonly Broadcast[]
  /** A slide that says nothing of now. */
  standby(): string
  /** Resolves once the slide is drawn. */
  show(slide: string): Promise<void>
}

declare global {
  interface Window {
    flagwallChannel?: ChannelDoor
  }
}
