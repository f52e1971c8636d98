import { open, rename, rm } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { asMillraceError, MillraceError } from '../base/index.ts';
import type { DataExportOptions } from './data-program.ts';
import { errors } from './errors.ts';
import { showCount } from './data-lines.ts';
import { withDataSet } from './open-data.ts';
import type { Terminal } from './terminal.ts';

/** `millrace data export` @throws DATA_SET_NOT_FOUND, DATA_SET_EMPTY, EXPORT_UNWRITABLE, OPTION_INVALID */
export async function exportData(
  name: string,
  file: string | undefined,
  options: DataExportOptions,
  terminal: Terminal,
): Promise<void> {
  const { userDir, json, format = formatOf(file) } = options;
  await withDataSet(userDir, name, async (set) => {
    const { fileName, content } = await set.export(format);
    if (file === '-') {
      for await (const piece of content) await written(piece);
      return;
    }
    const path = resolve(file ?? fileName);
    await writeTo(path, content);
    const { examples } = await set.summary();
    if (json) return terminal.result(JSON.stringify({ name: set.name, examples, format, path }));
    terminal.result(`${showCount(examples, 'example')} written to ${path}`);
  });
}

/** A table under the name of a spreadsheet would be opened by nothing. @throws OPTION_INVALID */
function formatOf(file: string | undefined): 'csv' | 'parquet' {
  const ending = extname(file ?? '').toLowerCase();
  if (ending === '.parquet') return 'parquet';
  if (ending === '.csv' || ending === '') return 'csv';
  throw errors.OPTION_INVALID({
    ...{ option: 'the file', value: file ?? '', expected: 'called .csv or .parquet, or --format must say which' },
  });
}

/** The file is whole under its name, or what was there before stays. */
async function writeTo(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const unfinished = `${path}.partial`;
  try {
    const handle = await open(unfinished, 'w');
    try {
      for await (const piece of content) await handle.write(piece);
    } finally {
      await handle.close();
    }
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (cause instanceof MillraceError) throw cause;
    throw errors.EXPORT_UNWRITABLE({ path, reason: asMillraceError(cause).message }, { cause });
  }
}

const written = (piece: Uint8Array) =>
  new Promise<void>((done) => {
    process.stdout.write(piece, () => done());
  });
