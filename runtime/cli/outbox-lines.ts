import type { DestinationRow } from '../messages/index.ts';
import { showBytes, showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { showCount } from './data-lines.ts';
import { quotedName } from './data-show.ts';
import type { Standing } from './open-outbox.ts';
import type { Terminal } from './terminal.ts';

/** As people call it, and as a command takes it. */
export const calledName = ({ name, address, id }: Called): string => name || address || id;
export const quotedDestination = (row: Called): string => quotedName(calledName(row));
type Called = Pick<DestinationRow, 'name' | 'address' | 'id'>;

/** `12 s`, `28 min`, `5 h`, `3 days` */
export function showAge(ms: number): string {
  const s = ms / 1000;
  if (s < 90) return `${Math.round(s)} s`;
  if (s < 90 * 60) return `${Math.round(s / 60)} min`;
  return s < 36 * 3600 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86_400)} days`;
}

/** `12,300 messages wait (4.2 MB), the oldest for 28 min` */
export function waitingWords({ depth, bytes, oldestMs }: DestinationRow): string {
  if (depth === 0) return 'nothing waits';
  return `${showCount(depth, 'message')} ${depth === 1 ? 'waits' : 'wait'} (${showBytes(bytes)}), the oldest for ${showAge(oldestMs)}`;
}

/** What is the matter, in words; several things may be. */
export function matters(row: DestinationRow, running: boolean): string[] {
  const { paused, problem, holding, dead, served, depth } = row;
  return [
    ...(paused ? ['paused'] : []),
    ...(running && !served && depth > 0 ? ['no node sends to it'] : []),
    ...(problem
      ? [problem.since === undefined ? problem.title : `${problem.title} since ${showDate(problem.since)}`]
      : []),
    ...(holding && !paused && depth > 0 ? [holdingWords(holding)] : []),
    ...(dead > 0 ? [`${showCount(dead, 'message')} refused`] : []),
  ];
}

function holdingWords({ reason, until }: NonNullable<DestinationRow['holding']>): string {
  const what = {
    batch: 'a full batch',
    schedule: 'the schedule',
    budget: 'the hour’s budget',
    bandwidth: 'the bandwidth',
  };
  return `waits for ${what[reason]}${until === undefined || reason === 'bandwidth' ? '' : ` (${showDate(until)})`}`;
}

/** From where this is known, if it is not the queue itself. */
export function sayAge({ running, ledger }: Standing, terminal: Terminal): void {
  if (!running) return;
  const age = Math.max(0, Date.now() - ledger.time);
  terminal.progress(
    `Millrace runs and holds the queue: this is what it wrote down ${showAge(age)} ago. It does every ten seconds while something changes.`,
  );
}

export const sayNext = (terminal: Terminal, what: string, command: string): void =>
  terminal.progress(`\n${what}: ${MILLRACE} outbox ${command}`);
