import type { DataSets } from '../datasets/index.ts';
import { MILLRACE } from './command-name.ts';
import type { DataOptions } from './data-program.ts';
import { quotedName } from './data-show.ts';
import { errors } from './errors.ts';
import { withData } from './open-data.ts';
import type { Terminal } from './terminal.ts';

/** `millrace data remove` @throws DATA_SET_NOT_FOUND, DATA_VERSION_NOT_FOUND, DATA_SET_SHIPPED, OPTION_INVALID */
export async function removeData(reference: string, options: DataOptions, terminal: Terminal): Promise<void> {
  const at = reference.lastIndexOf('@');
  const left = await withData(options.userDir, async (data) => {
    if (at > 0) {
      await removeVersion(data, reference.slice(0, at), reference.slice(at + 1));
      return undefined;
    }
    await data.remove(reference);
    return (await data.list()).length;
  });
  terminal.result(options.json ? JSON.stringify({ removed: reference }) : `${quotedName(reference)} is removed.`);
  if (!options.json && left !== undefined && left > 0) terminal.progress(`See what is left: ${MILLRACE} data list`);
}

async function removeVersion(data: DataSets, name: string, digits: string): Promise<void> {
  if (!/^[0-9a-f]{6,64}$/.test(digits)) {
    const expected = 'NAME, or NAME@ and at least 6 digits of a version';
    throw errors.OPTION_INVALID({ option: 'the data set', value: `${name}@${digits}`, expected });
  }
  const set = await data.find(name);
  try {
    const { versions } = await set.summary();
    const meant = versions.filter(({ digest }) => digest.startsWith(digits));
    await set.removeVersion(meant.length === 1 ? (meant[0]?.digest ?? digits) : digits);
  } finally {
    await set.close();
  }
}
