import { columns, showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import type { KeysOptions } from './keys-program.ts';
import { findKeys, keysOf } from './read-keys.ts';
import type { Terminal } from './terminal.ts';

/** `millrace keys show` @throws FIELD_KEYS_DAMAGED, FIELD_KEYS_TOO_NEW, KEY_FILE_UNREADABLE */
export async function showKeys({ userDir, json }: KeysOptions, terminal: Terminal): Promise<void> {
  const file = keysOf(userDir);
  const found = await findKeys(file);
  const { all = [], newest } = found?.keys ?? {};
  const rows = all.map(({ id, made }) => ({ id, made, encrypts: id === newest?.id }));
  if (json) return terminal.result(JSON.stringify({ file, keys: rows }));
  if (rows.length === 0) {
    terminal.result('There are no keys yet.');
    return terminal.progress(
      'They are made when a target protects its first field: see the dialog of a "target" node.',
    );
  }
  const cells = rows.map(({ id, made, encrypts }) => [
    id,
    `made ${showDate(made)}`,
    encrypts ? 'in use' : 'reads only',
  ]);
  for (const line of columns(cells)) terminal.result(line);
  terminal.progress(`\nKeep a copy in a safe place: ${MILLRACE} keys export --output FILE`);
}
