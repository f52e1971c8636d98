import type { DataSetsAnswer } from '../messages/index.ts';
import { columns, showBytes, showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { showCount, showKind, showLabel } from './data-lines.ts';
import type { DataOptions } from './data-program.ts';
import { withData } from './open-data.ts';
import type { Terminal } from './terminal.ts';

const SHOWN = 4;

/** `millrace data list` */
export async function listData(options: DataOptions, terminal: Terminal): Promise<void> {
  const dataSets = await withData(options.userDir, async (data) => [...(await data.list())]);
  if (options.json) return terminal.result(JSON.stringify({ dataSets } satisfies DataSetsAnswer));
  if (dataSets.length === 0) {
    terminal.result('There is no data set yet.');
    return terminal.progress(`Make one with a "collect" node, or from a file: ${MILLRACE} data import NAME FILE.csv`);
  }
  const lines = dataSets.map((row) => {
    const labels = row.labels.slice(0, SHOWN).map(({ label, examples }) => `${showLabel(label)}: ${examples}`);
    return [
      row.name,
      showCount(row.examples, 'example'),
      showKind(row),
      labels.join(', ') + (row.labels.length > SHOWN ? ` and ${row.labels.length - SHOWN} more` : ''),
      showBytes(row.bytes),
      row.changed === undefined ? '' : showDate(row.changed),
      row.problem ? `BROKEN ${row.problem.code}: ${row.problem.message}` : row.shipped ? 'comes with Millrace' : '',
    ];
  });
  for (const line of columns(lines)) terminal.result(line);
}
