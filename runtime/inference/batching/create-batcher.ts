import { counter, defineLimit } from '../../base/index.ts';
import type { Job } from '../running-model.ts';
import type { Tensors } from '../tiers/tier.ts';
import { joinRows, splitRows } from './rows.ts';

export const batchLimit = defineLimit('inference_batch_rows', 256, 'Micro-batches that were as large as they may be');
const batches = counter('millrace_inference_batches_total', 'Runs that answered several questions at once');

/** Runs one question after the other, and what waits meanwhile together, where the model gains from it. */
export interface Batcher {
  ask(feeds: Tensors, rows: number): Job;
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly feeds: Tensors;
  readonly rows: number;
  readonly resolve: (answers: Tensors) => void;
  readonly reject: (error: unknown) => void;
}

/** @param together whether rows of different questions may share a run */
export function createBatcher(run: (feeds: Tensors) => Promise<Tensors>, together: boolean): Batcher {
  const queue: Waiting[] = [];
  let working: Promise<void> | undefined;

  const take = (): Waiting[] => {
    const [first] = queue;
    if (!first || !together) return queue.splice(0, 1);
    let count = 1;
    let rows = first.rows;
    for (; count < queue.length; count++) {
      const next = queue[count] as Waiting;
      if (rows + next.rows > batchLimit.value) {
        batchLimit.cost();
        break;
      }
      if (!alike(first.feeds, next.feeds)) break;
      rows += next.rows;
    }
    return queue.splice(0, count);
  };

  const alone = async ({ feeds, resolve, reject }: Waiting) => {
    await run(feeds).then(resolve, reject);
  };

  const work = async () => {
    while (queue.length > 0) {
      const taken = take();
      const [first] = taken;
      if (taken.length === 1 && first) {
        await alone(first);
        continue;
      }
      batches.add();
      const parts = await run(joinRows(taken.map(({ feeds }) => feeds))).then(
        (answers) =>
          splitRows(
            answers,
            taken.map(({ rows }) => rows),
          ),
        () => undefined,
      );
      if (parts) taken.forEach(({ resolve }, i) => resolve(parts[i] ?? {}));
      // One of them is the cause: the others must not suffer for it.
      else for (const each of taken) await alone(each);
    }
    working = undefined;
  };

  return {
    ask(feeds, rows) {
      const { promise, resolve, reject } = promiseOf<Tensors>();
      const waiting = { feeds, rows, resolve, reject };
      queue.push(waiting);
      working ??= Promise.resolve().then(work);
      return {
        answer: promise,
        cancel() {
          const at = queue.indexOf(waiting);
          if (at >= 0) queue.splice(at, 1);
          return at >= 0;
        },
      };
    },
    async idle() {
      while (working) await working;
    },
  };
}

/** Of the same inputs, and each row as large. */
function alike(a: Tensors, b: Tensors): boolean {
  for (const name in a) {
    const [left, right] = [a[name], b[name]];
    if (!left || !right || left.type !== right.type || left.dims.length !== right.dims.length) return false;
    for (let i = 1; i < left.dims.length; i++) if (left.dims[i] !== right.dims[i]) return false;
  }
  return true;
}

function promiseOf<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}
