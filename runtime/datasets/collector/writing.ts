import { type Clock, defineLimit, MillraceError, type Timer } from '../../base/index.ts';
import type { DataSet, NewExample } from '../data-sets/types.ts';
import { errors } from '../errors.ts';

const mostWaiting = defineLimit(
  'collect_waiting_examples',
  2_000,
  'Examples of a collect node that were dropped because so many waited for the disk already',
);

/** ms for which the first example of a batch waits for others. */
const LINGER = 250;
const BATCH = 200;
/** ms after which what the disk refused is tried again. */
const AGAIN = 1_000;

/** These concern one example; the next may be well. */
const OF_ONE = new Set(['EXAMPLE_SHAPE_DIFFERS', 'EXAMPLE_INVALID']);
/** These do not go away by trying again. */
const LASTING = new Set(['DATA_SET_FULL', 'DATA_SET_SHIPPED', 'DATA_SET_NAME_INVALID']);

interface WritingOptions {
  readonly clock: Clock;
  readonly dataSet: string;
  open(): Promise<DataSet>;
  /** Told of each example that has left the queue, and of the error where it could not be stored. */
  gone(example: NewExample, error?: MillraceError): void;
  /** After each batch, and at the start. */
  settled(dataSet: DataSet): Promise<void>;
  failed(error: unknown): void;
}

/** Writes examples in batches. One that is refused keeps none of the others from the disk; a disk that refuses is tried again. */
export function createWriting({ clock, dataSet: name, open, gone, settled, failed }: WritingOptions) {
  const queue: NewExample[] = [];
  let opened: DataSet | undefined;
  let timer: Timer | undefined;
  let turn: Promise<void> = Promise.resolve();
  let closing = false;

  const inTurn = (work: () => Promise<void>) =>
    (turn = turn.then(() => clock.hold(work())).catch((error: unknown) => failed(error)));

  const letGo = async () => {
    const before = opened;
    opened = undefined;
    await before?.close().catch(() => undefined);
  };

  const leave = (count: number, error?: MillraceError) => {
    for (const example of queue.splice(0, count)) gone(example, error);
  };

  const writeBatch = async (): Promise<void> => {
    const batch = queue.slice(0, BATCH);
    try {
      opened ??= await open();
      const { examples: before } = await opened.summary();
      await opened.add(batch).catch(async (error: unknown) => {
        if (!(error instanceof MillraceError) || !OF_ONE.has(error.code) || !opened) throw error;
        // Those before the first wrong one were taken.
        const taken = (await opened.summary()).examples - before;
        leave(Math.min(Math.max(0, taken), batch.length - 1));
        leave(1, error);
        throw error;
      });
      leave(batch.length);
    } catch (error) {
      if (error instanceof MillraceError && LASTING.has(error.code)) leave(batch.length, error);
      throw error;
    }
  };

  const write = () =>
    inTurn(async () => {
      const told = new Set<string>();
      let anew = false;
      while (queue.length > 0) {
        try {
          await writeBatch();
        } catch (thrown) {
          const code = thrown instanceof MillraceError ? thrown.code : String(thrown);
          const mends = !OF_ONE.has(code) && !LASTING.has(code);
          if (mends && !anew) {
            // Somebody may have deleted the data set: it is made again.
            anew = true;
            await letGo();
            continue;
          }
          // Once a batch: a stream of wrong examples is one problem.
          if (!told.has(code)) failed(thrown);
          told.add(code);
          if (!mends) continue;
          await letGo();
          if (!closing) timer ??= clock.after(AGAIN, next);
          break;
        }
      }
      if (opened) await settled(opened);
    });
  const next = () => {
    timer = undefined;
    void write();
  };

  return {
    /** @throws COLLECT_TOO_FAST */
    add(example: NewExample): void {
      if (queue.length >= mostWaiting.value) {
        mostWaiting.cost();
        throw errors.COLLECT_TOO_FAST({ dataSet: name, waiting: queue.length });
      }
      queue.push(example);
      timer ??= clock.after(LINGER, next);
    },
    /** Looks at the data set: at the start, and when somebody else has changed it. */
    look: () =>
      inTurn(async () => {
        opened ??= await open();
        try {
          await settled(opened);
        } catch {
          // Deleted meanwhile.
          await letGo();
          await settled((opened = await open()));
        }
      }),
    /** @returns examples that could not be stored */
    async close(): Promise<number> {
      closing = true;
      timer?.cancel();
      await write();
      await inTurn(letGo);
      return queue.length;
    },
  };
}
