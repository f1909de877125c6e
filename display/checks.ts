/**
 * What comes over the wire, held against its schema. The pages' policy forbids eval, without which TypeBox walks the
 * schema for each row, fifty times slower; so the build puts the code that `Compile` would make in place of this file.
 */
import { Compile } from 'typebox/compile'
import { Agreed } from '../protocol/agreement.ts'
import { BranchDetail } from '../protocol/branch.ts'
import { Heartbeat, Making, Patch, Snapshot } from '../protocol/frames.ts'
import { HeardPlatforms } from '../protocol/heard.ts'
import { Pinned } from '../protocol/pins.ts'
import { RemoteDesk, RemoteJoined, Shown, Steer } from '../protocol/remote.ts'
import { Command, Notices, PairAnswer, PairOffer, WhoAmI } from '../protocol/screens.ts'
import { TelevisionFile } from '../protocol/television.ts'
import { VideoMessage } from '../protocol/video.ts'

const agreed = Compile(Agreed)
const heartbeat = Compile(Heartbeat)
const making = Compile(Making)
const patch = Compile(Patch)
const snapshot = Compile(Snapshot)
const branchDetail = Compile(BranchDetail)
const heardPlatforms = Compile(HeardPlatforms)
const pinned = Compile(Pinned)
const remoteDesk = Compile(RemoteDesk)
const remoteJoined = Compile(RemoteJoined)
const shown = Compile(Shown)
const steer = Compile(Steer)
const command = Compile(Command)
const notices = Compile(Notices)
const pairOffer = Compile(PairOffer)
const pairAnswer = Compile(PairAnswer)
const whoAmI = Compile(WhoAmI)
const televisionFile = Compile(TelevisionFile)
const videoMessage = Compile(VideoMessage)

export const isAgreed = (value: unknown): value is Agreed => agreed.Check(value)
export const isHeartbeat = (value: unknown): value is Heartbeat => heartbeat.Check(value)
export const isMaking = (value: unknown): value is Making => making.Check(value)
export const isPatch = (value: unknown): value is Patch => patch.Check(value)
export const isSnapshot = (value: unknown): value is Snapshot => snapshot.Check(value)
export const isBranchDetail = (value: unknown): value is BranchDetail => branchDetail.Check(value)
export const isHeardPlatforms = (value: unknown): value is HeardPlatforms =>
  heardPlatforms.Check(value)
export const isPinned = (value: unknown): value is Pinned => pinned.Check(value)
export const isRemoteDesk = (value: unknown): value is RemoteDesk => remoteDesk.Check(value)
export const isRemoteJoined = (value: unknown): value is RemoteJoined => remoteJoined.Check(value)
export const isShown = (value: unknown): value is Shown => shown.Check(value)
export const isSteer = (value: unknown): value is Steer => steer.Check(value)
export const isCommand = (value: unknown): value is Command => command.Check(value)
export const isNotices = (value: unknown): value is Notices => notices.Check(value)
export const isPairOffer = (value: unknown): value is PairOffer => pairOffer.Check(value)
export const isPairAnswer = (value: unknown): value is PairAnswer => pairAnswer.Check(value)
export const isWhoAmI = (value: unknown): value is WhoAmI => whoAmI.Check(value)
export const isTelevisionFile = (value: unknown): value is TelevisionFile =>
  televisionFile.Check(value)
export const isVideoMessage = (value: unknown): value is VideoMessage => videoMessage.Check(value)
