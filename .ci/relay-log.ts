/** The relay's JSON log, kept in a file; the terminal gets only what its reader has to know. */
import { createWriteStream, existsSync, renameSync, type WriteStream } from 'node:fs'

interface Record {
  readonly level?: number
  readonly msg?: string
  readonly replayed?: number
  readonly total?: number
}

export interface RelayLog {
  line(text: string): void
}

const warn = 40

/** `file` is begun anew and its forerunner kept as *.1; it is opened at the first line, when the relay has made its folder. */
export function createRelayLog(file: string): RelayLog {
  let out: WriteStream | undefined
  let isReading = false

  function open(): WriteStream {
    if (existsSync(file)) renameSync(file, `${file}.1`)
    const stream = createWriteStream(file, { mode: 0o600 })
    // A full disk must not end the wall: the relay refuses events with a reason of its own.
    stream.on('error', (error) => console.error(`The relay's log can't be kept: ${error.message}`))
    return stream
  }

  function read(text: string): Record | undefined {
    try {
      return JSON.parse(text) as Record
    } catch {
      // A line of another tongue, such as a stack: shown as it is.
      return undefined
    }
  }

  return {
    line(text) {
      out ??= open()
      out.write(`${text}\n`)
      const record = read(text)
      if (record === undefined) console.error(text)
      else if (record.replayed !== undefined && !isReading) {
        isReading = true
        console.log(`Reading the log (${(record.total ?? 0).toLocaleString('en')} events) …`)
      } else if ((record.level ?? 0) >= warn) console.error(`Relay: ${record.msg ?? text}`)
    },
  }
}
