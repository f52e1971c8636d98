import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { MillraceError } from '../base/index.ts';
import { markedEncoding } from './csv/encoding.ts';
import { errors } from './errors.ts';
import type { Header } from './jsonl/header.ts';
import { readJsonl, readJsonlHeader } from './jsonl/read.ts';
import { loadTables } from './load-tables.ts';
import { isMissing } from './parts.ts';
import { createTally, type Tally } from './tally.ts';
import type { ReadableFormat, ReadOptions, RecordedMessage, Recording } from './types.ts';

/**
 * Opens a file as a recording: Millrace's own JSONL and Parquet, CSV, and Parquet of other programs. What it is, is told by
 * its content; its name decides only between CSV and JSONL.
 *
 * @throws RECORDING_MISSING, RECORDING_UNREADABLE, RECORDING_NEWER
 */
export const openRecording = (path: string, options: ReadOptions = {}): Promise<Recording> =>
  openFiles([path], basename(path, extname(path)), options);

/**
 * Opens the files of one recording, in order.
 *
 * @param resolve where a file is now: JSONL may have been turned into Parquet since it was listed
 */
export async function openFiles(
  files: readonly string[],
  name: string,
  options: ReadOptions = {},
  resolve: (path: string) => Promise<string> = (path) => Promise.resolve(path),
): Promise<Recording> {
  const first = await resolve(files[0] ?? '');
  const format = await formatOf(first);
  const header = await readable(first, () => headerIn(first, format));
  let tally = createTally(name);
  // Of a recording that has lost its oldest files, time begins with what is left.
  const whole = (header?.part ?? 1) === 1;

  async function* messages(): AsyncGenerator<RecordedMessage> {
    const mine = (tally = createTally(name));
    let last = 0;
    let offset = whole ? 0 : undefined;
    for (const file of files) {
      const path = await resolve(file);
      for await (const { at, message } of readFile(path, options, mine)) {
        offset ??= at;
        let when = at - offset;
        if (when < last) {
          mine.backwards(`at message ${mine.counts.messages + 1}`);
          when = last;
        }
        last = when;
        mine.counts.messages++;
        yield { at: when, message };
      }
    }
    const { messages: count, refused } = mine.counts;
    if (count === 0) throw errors.RECORDING_EMPTY({ name, refused, first: mine.first });
  }

  return {
    name,
    format,
    files,
    ...(header?.started !== undefined && { started: header.started }),
    messages,
    get counts() {
      return tally.counts;
    },
    get problems() {
      return tally.problems();
    },
  };
}

async function* readFile(path: string, options: ReadOptions, tally: Tally): AsyncGenerator<RecordedMessage> {
  const format = await formatOf(path);
  if (format === 'jsonl') {
    yield* readJsonl(path, tally);
    return;
  }
  const { headerOf, openParquet, readCsv, readForeignParquet, readParquet, tableMessages } = await loadTables();
  if (format === 'csv') yield* tableMessages(await readCsv(path, tally, options.delimiter), options, tally);
  else {
    await using parquet = await openParquet(path);
    if (headerOf(parquet)) yield* readParquet(path, tally);
    else yield* tableMessages(readForeignParquet(parquet), options, tally);
  }
}

async function headerIn(path: string, format: ReadableFormat): Promise<Header | undefined> {
  if (format === 'csv') return undefined;
  if (format === 'jsonl') return readJsonlHeader(path);
  const { headerOf, openParquet } = await loadTables();
  await using parquet = await openParquet(path);
  return headerOf(parquet);
}

/** By the first bytes; CSV is what is none of the others. */
async function formatOf(path: string): Promise<ReadableFormat> {
  return readable<ReadableFormat>(path, async () => {
    const file = await open(path, 'r');
    try {
      const head = Buffer.alloc(64);
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      const start = head.subarray(0, bytesRead).toString('latin1');
      if (start.startsWith('PAR1')) return 'parquet';
      if (/^(\xef\xbb\xbf)?\s*\{/.test(start) || /\.jsonl$/i.test(path)) return 'jsonl';
      if (/\.parquet$/i.test(path)) throw errors.RECORDING_UNREADABLE({ path, reason: 'it is no Parquet file' });
      if (start.includes('\0') && !markedEncoding(head))
        throw errors.RECORDING_UNREADABLE({ path, reason: 'it is neither text nor Parquet' });
      return 'csv';
    } finally {
      await file.close();
    }
  });
}

async function readable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof MillraceError) throw cause;
    if (isMissing(cause)) throw errors.RECORDING_MISSING({ name: path, known: 'no file at this path' }, { cause });
    throw errors.RECORDING_UNREADABLE(
      { path, reason: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}
