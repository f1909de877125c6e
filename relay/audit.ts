/**
 * Who did what that not everyone may do: DATA_DIR/audit/2026-06.jsonl, one JSON object a line, a file a month,
 * readable by its owner only. Lines are only ever appended and no file is ever deleted, which keeps the half year
 * that 网络安全法 art. 21 (3) asks for; older months are the operator's to archive.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { localDay, toInstant } from '../protocol/time.ts'

export type Act =
  | 'key.made'
  | 'key.rotated'
  | 'key.revoked'
  | 'refusals.read'
  | 'roster.read'
  | 'roster.checked'
  | 'roster.applied'
  | 'token.refused'
  | 'token.locked'
  | 'journal.backed-up'
  | 'journal.restored'
  | 'stream.cleared'
  | 'stream.closed'
  | 'stream.pinned'
  | 'stream.let-go'
  | 'remote.opened'
  | 'remote.joined'
  | 'remote.refused'
  | 'remote.ended'
  | 'screen.paired'
  | 'screen.approved'
  | 'screen.denied'
  | 'screen.refused'
  | 'screen.changed'
  | 'screen.revoked'
  | 'screen.removed'
  | 'screens.rolled-out'
  | 'screen.commanded'
  | 'notice.sent'
  | 'notice.ended'
  | 'warning.remind'
  | 'warning.withdraw'
  | 'warning.acknowledge'
  | 'warning.rectify'
  | 'person.signed-in'
  | 'person.signed-out'
  | 'person.refused'
  | 'person.locked'
  | 'account.made'
  | 'account.accepted'
  | 'account.invited'
  | 'account.changed'
  | 'account.suspended'
  | 'account.resumed'
  | 'password.changed'
  | 'totp.added'
  | 'totp.removed'
  | 'audit.read'

export interface Audit {
  /**
   * On disk when it returns. `by`: a network address, `account` with a name and an address, or `user` and a name for commands. `about` never holds a secret.
   * Throws when the line cannot be written: what cannot be recorded is not done.
   */
  record(act: Act, by: string, about: string): void
}

export function openAudit(dataDir: string, now: () => number): Audit {
  const folder = join(dataDir, 'audit')
  return {
    record(act, by, about) {
      const nowMs = now()
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      // One short write in append mode, so that lines of a command and of a running relay never mix.
      const file = openSync(join(folder, `${localDay(nowMs).slice(0, 7)}.jsonl`), 'a', 0o600)
      try {
        writeSync(file, `${JSON.stringify({ at: toInstant(nowMs), act, by, about })}\n`)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    },
  }
}

interface AuditLine {
  readonly at: string
  readonly act: string
  readonly by: string
  readonly about: string
}

/** Months that there are lines of, as `2026-06`, the newest first. */
export function auditMonths(dataDir: string): string[] {
  const folder = join(dataDir, 'audit')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((file) => /^(\d{4}-\d{2})\.jsonl$/.exec(file)?.[1] ?? [])
    .toSorted()
    .toReversed()
}

/** The oldest first. A line that a power cut left unfinished is passed over. */
export function readAudit(dataDir: string, month: string): readonly AuditLine[] {
  const file = join(dataDir, 'audit', `${month}.jsonl`)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => lineOf(line) ?? [])
}

function lineOf(text: string): AuditLine | undefined {
  try {
    const { at, act, by, about } = JSON.parse(text) as AuditLine
    return { at, act, by, about }
  } catch {
    return undefined
  }
}

/** The user who runs a command. */
export function commandUser(): string {
  try {
    return `user ${userInfo().username}`
  } catch {
    // A user id without a name, as in some containers.
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}
