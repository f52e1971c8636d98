import { asMillraceError, type Clock, type MillraceError } from '../../base/index.ts';
import type { Acknowledgement, Item, Queue } from '../queue/types.ts';
import type { Lane } from '../schema.ts';
import type { Refused } from './refused.ts';
import type { Sent } from './in-flight.ts';
import { pause } from './pause.ts';

/** After a write that failed, ms. */
const RETRY = 1_000;

interface AcknowledgerOptions {
  readonly destination: string;
  readonly lane: Lane;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  failed(error: MillraceError): void;
  /** What could not be written is, or dead letters have come or gone. */
  written(): void;
}

/** Tells the queue what is done. What could not be written is told again, with what has come since. */
export function createAcknowledger({ destination, lane, queue, clock, signal, ...told }: AcknowledgerOptions) {
  let unwritten: Acknowledgement | undefined;
  let retrying: Promise<void> | undefined;
  let outstanding = 0;
  let idle = () => {};
  let wasStuck = false;
  /** With refused messages, which may not be laid aside: what comes later waits, or it would move the cursor over them. */
  let careful = false;

  const handNext = () => {
    const next = unwritten;
    unwritten = undefined;
    if (next) void hand(next);
  };
  const hand = async (acknowledgement: Acknowledgement) => {
    outstanding += 1;
    careful = acknowledgement.refused.length > 0;
    try {
      await queue.acknowledge(destination, lane, acknowledgement);
      const letters = acknowledgement.refused.length + acknowledgement.letters.length;
      if (letters > 0 || wasStuck) told.written();
      wasStuck = false;
      if (acknowledgement.refused.length > 0) careful = false;
      if (!careful && !retrying) handNext();
    } catch (error) {
      unwritten = unwritten ? merge(acknowledgement, unwritten) : acknowledgement;
      careful = false;
      wasStuck = true;
      // At a stop it stays: the messages will be sent once more, which at-least-once allows.
      if (!signal.aborted) told.failed(asMillraceError(error));
      if (!signal.aborted) retrying ??= retry();
    } finally {
      outstanding -= 1;
      if (outstanding === 0) idle();
    }
  };
  const retry = async () => {
    await pause(clock, RETRY, signal);
    retrying = undefined;
    handNext();
  };

  return {
    add(settled: readonly Sent[]): void {
      const acknowledgement = acknowledgementOf(settled);
      if (!acknowledgement) return;
      if (retrying || careful || wasStuck) unwritten = unwritten ? merge(unwritten, acknowledgement) : acknowledgement;
      else void hand(acknowledgement);
    },
    /** Something could not be written: nothing more is to be sent until it is. */
    get stuck(): boolean {
      return unwritten !== undefined || retrying !== undefined || wasStuck;
    },
    /** Resolves when everything is written, or will not be. */
    async idle(): Promise<void> {
      await retrying;
      if (outstanding === 0) return;
      const all = new Promise<void>((resolve) => (idle = resolve));
      await queue.flush().catch(() => undefined);
      await all;
    },
  };
}

function acknowledgementOf(settled: readonly Sent[]): Acknowledgement | undefined {
  const last = settled.at(-1)?.items.at(-1);
  if (!last) return undefined;
  const reached = new Map<string, number>();
  const gaps: Acknowledgement['gaps'][number][] = [];
  const letters: number[] = [];
  const refused: Refused[] = [];
  for (const sent of settled) {
    const not = new Set<Item>(sent.refused.map(({ item }) => item));
    for (const item of sent.items) {
      const { stream, sequence, gap, letter } = item;
      // What is sent again lies behind what the stream has reached.
      if (letter === undefined) reached.set(stream, Math.max(sequence, reached.get(stream) ?? 0));
      if (gap) gaps.push({ ...gap, stream });
      if (letter !== undefined && !not.has(item)) letters.push(letter);
    }
    // A gap that is refused cannot be told; the ledger keeps it.
    for (const one of sent.refused) if (!one.item.gap) refused.push(one);
  }
  return { before: last.next, reached, gaps, letters, refused };
}

function merge(a: Acknowledgement, b: Acknowledgement): Acknowledgement {
  const reached = new Map(a.reached);
  for (const [stream, sequence] of b.reached) reached.set(stream, Math.max(sequence, reached.get(stream) ?? 0));
  const later = b.before.chunk - a.before.chunk || b.before.index - a.before.index;
  return {
    before: later >= 0 ? b.before : a.before,
    reached,
    gaps: [...a.gaps, ...b.gaps],
    letters: [...a.letters, ...b.letters],
    refused: [...a.refused, ...b.refused],
  };
}
