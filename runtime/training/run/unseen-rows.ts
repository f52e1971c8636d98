import { type LoadedExamples, overlapping, spanOf } from '../../datasets/index.ts';
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
 * The examples that no model has learnt from, and that share no samples with one of these: a window that overlaps what was learnt
 * is half known. What a model of this machine has learnt from is known; of one that came from another the split is made again,
 * where it learnt from the very same examples. What cannot be known is said.
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
  const seen = Uint8Array.from(examples.ids, (id) => (learnt.has(id) ? 1 : 0));
  const touched = overlapping(examples, seen, spanOf(examples));
  const rows = Int32Array.from(examples.ids.keys()).filter((row) => seen[row] === 0 && touched[row] === 0);
  const out = count(seen);
  const half = count(touched);
  const who = asked.length > 1 ? 'a model' : 'it';
  const words =
    out === 0
      ? `All ${examples.rows} examples of "${examples.name}" are used.`
      : `${rows.length} of ${examples.rows} examples of "${examples.name}" are used: ${out} that ${who} has learnt from are left out${half > 0 ? `, and ${half} that share samples with them` : ''}.`;
  const doubt =
    unknown.length === 0
      ? ''
      : ` Whether ${unknown.join(' and ')} has learnt from some of them is not known: its figures may flatter it.`;
  return { rows, words: `${words}${doubt}` };
}

const count = (marks: Uint8Array) => marks.reduce((sum, mark) => sum + mark, 0);

/** @returns nothing where it is not known; nobody's ids where it learnt from another data set */
function learntAgain(examples: LoadedExamples, { manifest }: ModelPackage): Iterable<number> | undefined {
  const { data, dataSet, split, seed } = manifest.lineage ?? {};
  if (data === undefined) return undefined;
  if (data !== examples.digest) return dataSet === examples.name ? undefined : [];
  const { by, share, task } = (split ?? {}) as Record<string, unknown>;
  const choices = trainingChoices.safeParse({ testBy: by, testShare: share, task, seed });
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
