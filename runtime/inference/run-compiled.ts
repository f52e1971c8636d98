import type { CompiledModel } from './compiled/index.ts';
import { splitRows, joinRows } from './batching/rows.ts';
import { createBatcher } from './batching/create-batcher.ts';
import type { RunningModel } from './running-model.ts';
import type { Tensors } from './tiers/tier.ts';

/** µs: as long as a run may hold up the other nodes of this process. */
const SLICE = 2000;

/** @param microseconds for one row, as it was measured */
export function runCompiled(
  compiled: CompiledModel,
  why: string,
  microseconds: RunningModel['microseconds'],
): RunningModel {
  const rowsAtOnce = Math.max(1, Math.floor(SLICE / Math.max(microseconds.compiled ?? 0, 0.05)));
  const { explain } = compiled;

  /** A large batch in slices, between which others have their turn. */
  const inSlices = async (feeds: Tensors): Promise<Tensors> => {
    const rows = Object.values(feeds)[0]?.dims[0] ?? 1;
    if (rows <= rowsAtOnce) return compiled.run(feeds);
    const counts = Array.from({ length: Math.ceil(rows / rowsAtOnce) }, (_, i) =>
      Math.min(rowsAtOnce, rows - i * rowsAtOnce),
    );
    const answers: Tensors[] = [];
    for (const slice of splitRows(feeds, counts) ?? [feeds]) {
      await new Promise((resolve) => setImmediate(resolve));
      answers.push(compiled.run(slice));
    }
    return joinRows(answers);
  };
  const batcher = createBatcher(inSlices, false);

  return {
    tier: 'compiled',
    why,
    microseconds,
    rowsAtOnce,
    now: (feeds) => compiled.run(feeds),
    run: (feeds, rows) => batcher.ask(feeds, rows),
    ...(explain && { explain: (row: Float32Array, column: number) => explain.call(compiled, row, column) }),
    release: () => batcher.idle(),
  };
}
