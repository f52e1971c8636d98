import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ImportDataAnswer } from '../messages/index.ts';
import { MILLRACE } from './command-name.ts';
import { showCount } from './data-lines.ts';
import type { DataImportOptions } from './data-program.ts';
import { errors } from './errors.ts';
import { quotedName } from './data-show.ts';
import { recordingsOf, withData } from './open-data.ts';
import type { Terminal } from './terminal.ts';

/** `millrace data import` @throws DATA_FILE_MISSING, RECORDING_MISSING, DATA_IMPORT_COLUMN, DATA_IMPORT_EMPTY, DATA_SET_FULL */
export async function importData(
  name: string,
  file: string,
  options: DataImportOptions,
  terminal: Terminal,
): Promise<void> {
  const { userDir, json, labelColumn, groupColumn, timeColumn, label } = options;
  const files = await filesOf(file, userDir);
  const { added, refused, problems, ...rest } = await withData(userDir, (data) =>
    data.import(name, files, {
      fileName: basename(file),
      ...(labelColumn !== undefined && { labelColumn }),
      ...(groupColumn !== undefined && { groupColumn }),
      ...(timeColumn !== undefined && { timeColumn }),
      ...(label !== undefined && { label }),
    }),
  );
  if (json) {
    const answer: ImportDataAnswer = { name: rest.name, added, refused, problems: [...problems] };
    return terminal.result(JSON.stringify(answer));
  }
  const left = refused > 0 ? `; ${showCount(refused, 'row')} left out` : '';
  terminal.result(`${showCount(added, 'example')} came into ${quotedName(rest.name)}${left}.`);
  for (const { code, message, hint } of problems) terminal.progress(`${code}: ${message}\n  ${hint}`);
  terminal.progress(`See what should be known before training: ${MILLRACE} data check ${quotedName(rest.name)}`);
}

/** A file; or a recording, whose files may be several. */
async function filesOf(file: string, userDir: string): Promise<string | readonly string[]> {
  const path = resolve(file);
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) return path;
  if (/[/\\]|\.(csv|tsv|txt|jsonl|json|parquet)$/i.test(file)) throw errors.DATA_FILE_MISSING({ path });
  const recordings = recordingsOf(userDir);
  try {
    return (await recordings.open(file)).files;
  } finally {
    await recordings.close();
  }
}
