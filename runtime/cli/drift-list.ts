import type { DriftAnswer, WatchedStream } from '../messages/index.ts';
import { columns, showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { quotedName } from './data-show.ts';
import type { DriftOptions } from './drift-program.ts';
import { withDrift } from './open-drift.ts';
import type { Terminal } from './terminal.ts';

const STATES = { learning: 'learning', calm: 'no drift', drifting: 'DRIFTS' } as const;

/** `millrace drift list` */
export async function listDrift(options: DriftOptions, terminal: Terminal): Promise<void> {
  const streams = await withDrift(options.userDir, async (drift) => [...(await drift.streams())]);
  if (options.json) return terminal.result(JSON.stringify({ streams } satisfies DriftAnswer));
  const [first] = streams;
  if (!first) {
    terminal.result('Nothing is watched for drift yet.');
    return terminal.progress(`Wire a "drift" node behind "infer" or "features", and start it: ${MILLRACE} start`);
  }
  for (const line of columns(streams.map(cells))) terminal.result(line);
  const worst = streams.find(({ state, faults }) => state === 'drifting' || faults) ?? first;
  terminal.progress(`\nSee more: ${MILLRACE} drift show ${quotedName(worst.name)}`);
}

const cells = ({ node, name, model, state, faults, since, time }: WatchedStream) => [
  ...[name, node, model ? `${model.name}@${model.version}` : ''],
  [since > 0 ? `${STATES[state]} since ${showDate(since)}` : STATES[state], faults ? 'SENSOR BROKEN' : '']
    .filter(Boolean)
    .join(', '),
  `last compared ${showDate(time)}`,
];
