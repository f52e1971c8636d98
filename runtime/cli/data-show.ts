import { columns, showBytes, showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { findingLines, showCount, showKind, showLabel } from './data-lines.ts';
import type { DataOptions } from './data-program.ts';
import { withDataSet } from './open-data.ts';
import type { Terminal } from './terminal.ts';

const COLUMNS = 12;

/** `millrace data show` @throws DATA_SET_NOT_FOUND */
export async function showData(name: string, options: DataOptions, terminal: Terminal): Promise<void> {
  const { row, findings } = await withDataSet(options.userDir, name, async (set) => ({
    row: await set.summary(),
    findings: await set.findings(),
  }));
  if (options.json) return terminal.result(JSON.stringify({ dataSet: row, findings }));
  const more = row.columns.length > COLUMNS ? ` and ${row.columns.length - COLUMNS} more` : '';
  terminal.result(
    `${row.name}: ${showCount(row.examples, 'example')} in ${showCount(row.groups, 'group')}, ${showKind(row)}`,
  );
  for (const line of columns([
    ['columns', row.columns.slice(0, COLUMNS).join(', ') + more],
    ...(row.recipe === undefined ? [] : [['recipe', row.recipe.slice(0, 12)]]),
    ['size', showBytes(row.bytes)],
    ...(row.changed === undefined ? [] : [['newest', showDate(row.changed)]]),
  ])) {
    terminal.result(`  ${line}`);
  }
  say('Labels', columns(row.labels.map(({ label, examples }) => [showLabel(label), String(examples)])), terminal);
  say(
    'Versions',
    columns(
      row.versions.map(({ digest, time, examples, note }) => [
        ...[digest.slice(0, 12), showDate(time), showCount(examples, 'example'), note],
      ]),
    ),
    terminal,
  );
  say('To know before training', findingLines(findings), terminal);
  if (row.examples > 0) terminal.progress(`\nTrain on it: ${MILLRACE} train ${quotedName(row.name)} --model MODEL`);
}

export const quotedName = (name: string) => (/^[\w.@-]+$/.test(name) ? name : `"${name}"`);

function say(title: string, lines: readonly string[], terminal: Terminal): void {
  if (lines.length === 0) return;
  terminal.result('');
  terminal.result(title);
  for (const line of lines) terminal.result(`  ${line}`);
}
