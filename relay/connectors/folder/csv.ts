import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { Unreadable, type Sheet, type SheetRow } from './sheet.ts'

const recordBytes = 256 * 1024

/** What Excel and exporting programs write here: UTF-8, GB18030 (GBK, GB2312), or UTF-16 with its mark. */
type Encoding = 'utf-8' | 'gb18030' | 'utf-16le'

/** Rejects with `Unreadable` when the bytes are text in none of the encodings. */
export async function readCsv(file: string, delimiter: string): Promise<Sheet> {
  const encoding = await encodingOf(file)
  return { encoding: encoding.toUpperCase(), rows: rowsOf(file, encoding, delimiter) }
}

/** Reads the file once through: GB18030 shows only where it is not UTF-8. UTF-16 only with its mark, since any bytes pass for it. */
async function encodingOf(file: string): Promise<Encoding> {
  const candidates: readonly Encoding[] = (await isMarkedUtf16(file))
    ? ['utf-16le']
    : ['utf-8', 'gb18030']
  for (const encoding of candidates) {
    try {
      for await (const text of textsOf(file, encoding))
        if (text.includes('\0')) throw new TypeError('a NUL is no text')
      return encoding
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  throw new Unreadable('文件编码无法识别,请用 Excel 另存为"CSV UTF-8(逗号分隔)"后再放入')
}

async function isMarkedUtf16(file: string): Promise<boolean> {
  for await (const chunk of createReadStream(file, { end: 1 }) as AsyncIterable<Buffer>)
    return chunk.equals(Buffer.from([0xff, 0xfe]))
  return false
}

async function* textsOf(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>)
    yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

async function* rowsOf(
  file: string,
  encoding: Encoding,
  delimiter: string,
): AsyncGenerator<SheetRow, void, undefined> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    max_record_size: recordBytes,
    skip_empty_lines: false,
  })
  // An error reaches the loop below through the parser, which the pipeline destroys with it.
  pipeline(Readable.from(textsOf(file, encoding)), parser, () => undefined)
  let number = 0
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      number += 1
      yield { number, cells }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    yield {
      number: number + 1,
      wrong:
        error.code === 'CSV_MAX_RECORD_SIZE'
          ? `从本行起无法读取:一行超过 ${recordBytes / 1024} KB,请检查是否缺少右引号`
          : '从本行起无法读取:双引号不成对,请检查本行及其后的引号',
    }
  }
}
