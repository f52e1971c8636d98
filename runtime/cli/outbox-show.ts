import { grouped } from '../base/index.ts';
import type { Ledger } from '../messages/index.ts';
import { columns, showBytes, showDate } from './columns.ts';
import { showCount } from './data-lines.ts';
import { findDestination, standing } from './open-outbox.ts';
import { calledName, matters, quotedDestination, sayAge, sayNext, waitingWords } from './outbox-lines.ts';
import type { OutboxOptions } from './outbox-program.ts';
import type { Terminal } from './terminal.ts';

const STREAMS = 40;
const GAPS = 5;
/** Numbers that went to other destinations are no loss. */
const ELSEWHERE = 'not sent to this destination';

/** `millrace outbox show` @throws OUTBOX_EMPTY, OUTBOX_DESTINATION_UNKNOWN, LEDGER_MISSING, LEDGER_DAMAGED */
export async function showOutbox(destination: string, options: OutboxOptions, terminal: Terminal): Promise<void> {
  const stand = await standing(options.userDir);
  const row = findDestination(stand.rows, destination);
  const streams = stand.ledger.streams.filter((stream) => stream.destination === row.id);
  if (options.json) {
    const { course: _course, ...rest } = row;
    const { running, ledger } = stand;
    return terminal.result(
      JSON.stringify({ running, ...(running && { time: ledger.time }), destination: rest, streams }),
    );
  }
  sayAge(stand, terminal);
  terminal.result(`${calledName(row)}: ${[waitingWords(row), ...matters(row, stand.running)].join(', ')}`);
  const busy = row.lanes.filter(({ depth }) => depth > 0);
  for (const line of columns(
    [
      ['id', row.id],
      ['where', row.address],
      ['kind', row.kind],
      ['lanes', busy.length > 1 ? busy.map(({ lane, depth }) => `${lane} ${grouped(depth)}`).join(', ') : ''],
      ['size', row.depth > 0 ? showBytes(row.bytes) : ''],
      ['sent', stand.running ? `${showCount(row.sent, 'message')} since the start` : ''],
      ['last acknowledgement', row.acknowledgedAt === undefined ? '' : showDate(row.acknowledgedAt)],
      ['next try', row.retryAt === undefined ? '' : showDate(row.retryAt)],
    ].filter(([, value]) => value !== ''),
  )) {
    terminal.result(`  ${line}`);
  }
  const say = (title: string, lines: readonly string[]) => {
    if (lines.length === 0) return;
    terminal.result('');
    terminal.result(title);
    for (const line of lines) terminal.result(`  ${line}`);
  };
  if (row.problem) say('What keeps it', [`${row.problem.code}: ${row.problem.message}`, row.problem.hint]);
  say(
    'Dropped since the start, and told as gaps',
    row.dropped.map(({ reason, messages }) => `${reason}: ${showCount(messages, 'message')}`),
  );
  say('Streams', [
    ...columns(streams.slice(0, STREAMS).map(streamCells)),
    ...(streams.length > STREAMS ? [`and ${streams.length - STREAMS} more: add --json`] : []),
  ]);
  if (row.dead > 0) sayNext(terminal, 'See what was refused', `dead list ${quotedDestination(row)}`);
}

function streamCells({ stream, appended, acknowledged, gaps, dead }: Ledger['streams'][number]): string[] {
  const lost = gaps.filter(({ reason }) => reason !== ELSEWHERE);
  const shown = lost
    .slice(-GAPS)
    .map(({ first, last, reason }) => `${first === last ? first : `${first}-${last}`} ${reason}`);
  const older = lost.length - shown.length;
  return [
    stream,
    `taken to ${appended}`,
    acknowledged >= appended ? 'all done' : `done to ${acknowledged}`,
    shown.length === 0 ? '' : `gaps: ${[...(older > 0 ? [`${older} older`] : []), ...shown].join(', ')}`,
    dead.length === 0 ? '' : `${dead.length} refused`,
  ];
}
