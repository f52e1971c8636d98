import type { Clock, Timer } from '../../base/index.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { DurableStore } from './durable-store.ts';
import type { createIntake } from './intake.ts';
import { numberChunks } from './numbering.ts';
import type { Streams } from './streams.ts';

interface WriterOptions {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly streams: Streams;
  readonly intake: ReturnType<typeof createIntake>;
  readonly acknowledgements: Acknowledgements;
  readonly now: () => { age: number; wall: number };
}

/** Bodies of one commit, bytes: it bounds the log. */
const ROUND_BYTES = 1024 * 1024;

/** An acknowledgement is written with the next chunk, or so much later, or when so many wait: ms and messages. */
const LATEST = 1_000;
const UNWRITTEN = 100;

/**
 * Brings chunks and acknowledgements to the disk, round by round, one flush a round. The two are writes apart: on a full
 * disk the acknowledgements go through and make room.
 */
export function createWriter({ store, clock, streams, intake, acknowledgements, now }: WriterOptions) {
  let running: Promise<void> | undefined;
  let timer: Timer | undefined;
  let urgent = false;
  let thoroughly = false;
  let failed = false;
  let closing = false;

  const round = async () => {
    const chunks = await intake.take(ROUND_BYTES);
    const numbered = chunks.length > 0 ? numberChunks(chunks, streams, now()) : undefined;
    const batch = acknowledgements.any ? acknowledgements.take(thoroughly) : undefined;
    urgent = thoroughly = false;
    const [acknowledged, written] = await clock.hold(
      Promise.allSettled([batch && store.write(batch.changes, true), numbered && store.write(numbered.changes, false)]),
    );
    if (batch) {
      failed = acknowledged.status === 'rejected';
      if (failed) batch.failed();
      else batch.done();
    }
    if (!numbered) return;
    if (written.status === 'fulfilled') return numbered.keep();
    for (const { messages } of chunks) {
      for (const { stream, reject } of messages) {
        stream.coming -= 1;
        reject(written.reason);
      }
    }
  };

  const run = async () => {
    await Promise.resolve();
    while (intake.closed > 0 || (urgent && !failed)) await round();
    running = undefined;
    if (acknowledgements.any && !closing) later();
  };

  const start = () => void (running ??= run());

  const later = () => {
    timer ??= clock.after(LATEST, () => {
      timer = undefined;
      failed = false;
      urgent = thoroughly = true;
      start();
    });
  };

  return {
    /** Chunks are ready. */
    start,
    /** Acknowledgements came. */
    acknowledged(atOnce: boolean): void {
      if (atOnce || acknowledgements.pending.messages >= UNWRITTEN) {
        urgent = true;
        start();
      } else later();
    },
    /** Resolves when everything that waited is on disk, or could not be written. */
    async flush(): Promise<void> {
      intake.closeAll();
      failed = false;
      if (acknowledgements.any) urgent = thoroughly = true;
      start();
      while (running) await running;
    },
    async close(): Promise<void> {
      closing = true;
      timer?.cancel();
      await this.flush();
      timer?.cancel();
    },
  };
}
