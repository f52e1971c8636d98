import type { LoadedExamples } from '../../datasets/index.ts';
import { trainingChoices } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { prepare } from '../prepare/prepare.ts';
import { holdOut } from '../split/hold-out.ts';

interface Asked {
  readonly pkg: ModelPackage;
  /** Ids that it has learnt from, where this machine knows them. */
  readonly learnt?: Int32Array | undefined;
}

/**
 * The examples that no model has learnt from. What a model of this machine has learnt from is known; of one that came from another
 * the split is made again, where it learnt from the very same examples. What cannot be known is said.
 */
export function unseenRows(
  examples: LoadedExamples,
  asked: readonly Asked[],
): { readonly rows: Int32Array; readonly words: string } {
  const learnt = new Set<number>();
  const unknown: string[] = [];
  for (const { pkg, learnt: known } of asked) {
    const ids = known ?? learntAgain(examples, pkg);
    if (ids) for (const id of ids) learnt.add(id);
    else unknown.push(pkg.manifest.name);
  }
  const rows = Int32Array.from(
    Array.from({ length: examples.rows }, (_, row) => row).filter((row) => !learnt.has(examples.ids[row] as number)),
  );
  const out = examples.rows - rows.length;
  const who = asked.length > 1 ? 'a model' : 'it';
  const words =
    out === 0
      ? `All ${examples.rows} examples of "${examples.name}" are used.`
      : `${rows.length} of ${examples.rows} examples of "${examples.name}" are used: ${out} that ${who} has learnt from are left out.`;
  const doubt =
    unknown.length === 0
      ? ''
      : ` Whether ${unknown.join(' and ')} has learnt from some of them is not known: its figures may flatter it.`;
  return { rows, words: `${words}${doubt}` };
}

/** @returns nothing where it is not known; nobody's ids where it learnt from another data set */
function learntAgain(examples: LoadedExamples, { manifest }: ModelPackage): Iterable<number> | undefined {
  const { data, dataSet, split } = manifest.lineage ?? {};
  if (data === undefined) return undefined;
  if (data !== examples.digest) return dataSet === examples.name ? undefined : [];
  const { by, share, task } = (split ?? {}) as Record<string, unknown>;
  const choices = trainingChoices.safeParse({ testBy: by, testShare: share, task });
  if (!choices.success) return undefined;
  try {
    const blocks = manifest.recipe?.blocks as { type: string }[] | undefined;
    const prepared = prepare(examples, {
      task: choices.data.task,
      blocks: examples.kind === 'window' ? blocks : undefined,
    });
    return Array.from(holdOut(prepared, choices.data).train, (row) => prepared.ids[row] as number);
  } catch {
    return undefined;
  }
}
