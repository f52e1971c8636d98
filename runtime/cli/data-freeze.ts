import { showCount } from './data-lines.ts';
import type { DataFreezeOptions } from './data-program.ts';
import { withDataSet } from './open-data.ts';
import type { Terminal } from './terminal.ts';

/** `millrace data freeze` @throws DATA_SET_NOT_FOUND, DATA_SET_EMPTY */
export async function freezeData(name: string, options: DataFreezeOptions, terminal: Terminal): Promise<void> {
  const version = await withDataSet(options.userDir, name, (set) => set.freeze(options.note));
  if (options.json) return terminal.result(JSON.stringify({ name, version }));
  const { digest, examples } = version;
  terminal.result(`${showCount(examples, 'example')} are version ${digest.slice(0, 12)} (digest ${digest}).`);
}
