import type { Clock } from '../../base/index.ts';
import type { UploadKey } from '../../messages/index.ts';
import type { SqlValue, Store } from '../../storage/index.ts';
import { chunkMessages } from '../limits.ts';
import { type createMarks, type Mark, writeMarks } from './marks.ts';
import { recordChecksum } from './record.ts';
import { withKey } from './wire.ts';

/** A message that is on disk. */
export interface Appended {
  readonly key: UploadKey;
  readonly bytes: number;
  /** When it was taken, ms since the epoch. */
  readonly time: number;
}

interface Waiting {
  readonly destination: string;
  readonly stream: string;
  readonly open: string;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

interface AppenderOptions {
  readonly store: Store;
  readonly marks: ReturnType<typeof createMarks>;
  readonly gateway: string;
  readonly clock: Clock;
  /** The highest place that is taken. */
  readonly lastId: number;
}

const INSERT = `INSERT INTO record (id, destination, stream, sequence, previous, time, bytes, crc, body)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * Gives messages their places and numbers, and puts them on disk in chunks: what comes while a chunk is being written
 * makes the next. Numbers count only when their chunk is on disk, so that a failed write leaves no hole.
 */
export function createAppender({ store, marks, gateway, clock, lastId }: AppenderOptions) {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;
  let top = lastId;

  const writeChunk = async (chunk: readonly Waiting[]) => {
    const time = Math.floor(clock.now());
    const ends = new Map<string, number>();
    const moved = new Map<string, Mark>();
    const begun: Mark[] = [];
    const rows: SqlValue[][] = [];
    const appended = chunk.map(({ destination, stream, open }, index): Appended => {
      const sequence = (ends.get(stream) ?? marks.end(stream)) + 1;
      const at = JSON.stringify([destination, stream]);
      const before = moved.get(at)?.sequence ?? marks.of('appended', destination, stream);
      // Where the stream begins at this destination: what is missing after that is a gap.
      if (before === undefined) begun.push({ kind: 'acknowledged', destination, stream, sequence: sequence - 1 });
      const previous = before ?? 0;
      const key: UploadKey = { gateway, stream, sequence };
      const body = withKey(open, key);
      const bytes = Buffer.byteLength(body);
      const crc = recordChecksum(destination, { stream, sequence, previous, time, body });
      rows.push([top + 1 + index, destination, stream, sequence, previous, time, bytes, crc, body]);
      ends.set(stream, sequence);
      moved.set(at, { kind: 'appended', destination, stream, sequence });
      return { key, bytes, time };
    });
    await clock.hold(store.write([{ sql: INSERT, rows }, writeMarks([...begun, ...moved.values()])]));
    top += chunk.length;
    for (const mark of [...begun, ...moved.values()]) marks.set(mark);
    return appended;
  };

  const run = async () => {
    // Whatever else comes in this turn of the event loop joins the chunk.
    await Promise.resolve();
    while (waiting.length > 0) {
      const chunk = waiting.slice(0, chunkMessages.value);
      waiting = waiting.slice(chunkMessages.value);
      try {
        const appended = await writeChunk(chunk);
        appended.forEach((one, index) => chunk[index]?.resolve(one));
      } catch (error) {
        for (const { reject } of chunk) reject(error);
      }
    }
    running = undefined;
  };

  return {
    append: (destination: string, stream: string, open: string) =>
      new Promise<Appended>((resolve, reject) => {
        waiting.push({ destination, stream, open, resolve, reject });
        running ??= run();
      }),
    /** Resolves when nothing waits to be written. */
    async idle(): Promise<void> {
      while (running) await running;
    },
  };
}
