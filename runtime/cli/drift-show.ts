import { grouped } from '../base/index.ts';
import { columns } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { quotedName } from './data-show.ts';
import type { DriftOptions } from './drift-program.ts';
import { findStream, withDrift } from './open-drift.ts';
import type { Terminal } from './terminal.ts';

const FEATURES = 12;
const EVENTS = 8;

/** `millrace drift show` @throws DRIFT_NODE_UNKNOWN */
export async function showDrift(name: string, options: DriftOptions, terminal: Terminal): Promise<void> {
  const { picture, sheet } = await withDrift(options.userDir, async (drift) => {
    const { node } = await findStream(drift, name);
    const shown = { span: 'all', width: 320, shown: FEATURES } as const;
    return { picture: await drift.picture(node), sheet: await drift.sheet(node, shown) };
  });
  if (options.json) {
    const { headline, words, events } = sheet;
    return terminal.result(JSON.stringify({ headline, words, picture, events }));
  }
  const { model, headline, words, features, more, events, promise, performance, leftOut, counts } = sheet;
  terminal.result(`${sheet.name}${model ? ` (${model.name}@${model.version})` : ''}: ${headline}`);
  for (const line of words) terminal.result(`  ${line}`);
  const say = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    terminal.result('');
    terminal.result(title);
    for (const line of lines) terminal.result(`  ${line}`);
  };
  const far = ({ value, threshold }: { value: number; threshold: number }) =>
    threshold > 0 ? `${(value / threshold).toFixed(2)}× its threshold` : '';
  say('Features', [
    ...columns(
      features.map((feature) => [
        feature.drifting ? '!' : ' ',
        feature.name,
        far(feature),
        feature.drifting ? (feature.words ?? '') : '',
      ]),
    ),
    ...(more > 0 ? [`and ${more} more`] : []),
  ]);
  say('What has happened', columns(events.slice(0, EVENTS).map((event) => [event.when, event.state, event.words])));
  say('How right the model is', performance);
  say('What is promised', promise);
  say(
    'Not watched',
    leftOut.map(({ name: own, reason }) => `${own}: ${reason}`),
  );
  say(
    'Seen and left out',
    counts.map(({ what, count }) => `${what}: ${grouped(count)}`),
  );
  terminal.progress(`\nWith pictures: ${MILLRACE} drift report ${quotedName(sheet.name)}`);
}
