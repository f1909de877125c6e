import { closeSync, constants, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** Creates an empty file readable by its owner alone (0600), in directories that are too (0700), if it is not there. */
export function ensureFile(path: string): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  closeSync(openSync(path, constants.O_CREAT | constants.O_WRONLY, 0o600))
  syncPath(folder)
}

/** Makes a file, or the names in a directory, survive a power cut. */
export function syncPath(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
