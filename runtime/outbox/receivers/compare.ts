import type { Ledger } from '../../messages/index.ts';
import { merge, type Range, size, subtract } from './ranges.ts';
import type { Held } from './types.ts';

/** A stream at its receiver: numbers are of messages. */
export interface Compared {
  readonly stream: string;
  /** The receiver acknowledged them, so that it has to hold them. */
  readonly acknowledged: number;
  /** Of those, how many it holds. */
  readonly held: number;
  /** What it holds more than once. */
  readonly repeats: number;
  /** The gateway told that they never come: dropped by a policy, damaged, or sent elsewhere. */
  readonly gaps: number;
  /** Of those, how many the receiver knows of. */
  readonly told: number;
  /** Taken, and not yet acknowledged: they are still on their way. */
  readonly waiting: number;
  /** Refused by the receiver: they lie with the gateway as dead letters. */
  readonly dead: number;
  /** Acknowledged, and not there. */
  readonly missing: readonly Range[];
  /** Not compared: its messages are there under the keys of the gateways that sent them. */
  readonly relayed?: true;
}

/** Compares what a gateway’s ledger says of one destination with what its receiver holds. */
export function compare(ledger: readonly Ledger['streams'][number][], holdings: readonly Held[]): Compared[] {
  const byStream = new Map(holdings.map((held) => [held.stream, held]));
  return ledger.map(({ stream, first, appended, acknowledged, gaps, dead, relayed }) => {
    const held = byStream.get(stream);
    const done = !relayed && first <= acknowledged ? [{ first, last: acknowledged }] : [];
    const letters = merge(dead.map((sequence) => ({ first: sequence, last: sequence })));
    const dropped = merge(gaps);
    const expected = subtract(subtract(done, dropped), letters);
    const missing = subtract(expected, held?.ranges ?? []);
    const never = relayed ? [] : within(dropped, { first, last: acknowledged });
    return {
      stream,
      acknowledged: size(expected),
      held: size(expected) - size(missing),
      repeats: held?.repeats ?? 0,
      gaps: size(never),
      told: size(never) - size(subtract(never, held?.gaps ?? [])),
      waiting:
        Math.max(0, appended - Math.max(acknowledged, first - 1)) -
        size(within(dropped, { first: acknowledged + 1, last: appended })),
      dead: dead.length,
      missing,
      ...(relayed && { relayed }),
    };
  });
}

const within = (ranges: readonly Range[], { first, last }: Range): Range[] =>
  ranges
    .map((range) => ({ first: Math.max(range.first, first), last: Math.min(range.last, last) }))
    .filter((range) => range.first <= range.last);
