/** Settings from the environment. Each mistake is one sentence that says what to change. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** A mistake in the environment: printed as it is, without a stack. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

export interface Settings {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** Folder of the built display. */
  readonly displayDir: string
  readonly publicDir: string
  /** Six-digit county code (GB/T 2260). */
  readonly county: string
  readonly logLevel: string
}

/** Folder by folder: node's own recursive mkdir never returns where a file system refuses folders (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

/** Reads PORT, HOST, DATA_DIR, DISPLAY_DIR, COUNTY and LOG_LEVEL; makes DATA_DIR. Throws `SettingsError`. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): Settings {
  const port = Number(env['PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SettingsError(`PORT is "${env['PORT']}": set it to a whole number from 0 to 65535.`)
  }
  const county = env['COUNTY'] ?? '431128'
  if (!/^\d{6}$/.test(county)) {
    throw new SettingsError(
      `COUNTY is "${county}": set it to a six-digit division code such as 431128.`,
    )
  }
  const dataDir = resolve(env['DATA_DIR'] ?? join(root, 'data'))
  try {
    makeFolder(dataDir)
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new SettingsError(
      `DATA_DIR ${dataDir} can't be written: choose a folder that this user owns.`,
      { cause },
    )
  }
  const displayDir = resolve(env['DISPLAY_DIR'] ?? join(root, 'dist/display'))
  if (!existsSync(join(displayDir, 'wall.html'))) {
    throw new SettingsError(`There is no display in ${displayDir}: run "npm run build" first.`)
  }
  return {
    host: env['HOST'] ?? '127.0.0.1',
    port,
    dataDir,
    displayDir,
    publicDir: join(root, 'public'),
    county,
    logLevel: env['LOG_LEVEL'] ?? 'info',
  }
}
