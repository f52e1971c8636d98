import type { Manifest } from '../../models/package/index.ts';
import type { ModelSession } from '../model-session.ts';
import { plainValues } from '../tensor.ts';
import type { PlainTensor, Tensors } from '../tiers/tier.ts';
import { joinRows, splitRows } from './rows.ts';

const ROWS = 16;
/** How much quicker a row must be among others. */
const WORTH_IT = 1.5;

/**
 * Whether the model answers several rows at once as it answers each alone, and gains from it.
 *
 * @param feeds one question
 * @param alone µs that it takes alone
 */
export async function gainsFromBatches(
  manifest: Manifest,
  session: ModelSession,
  feeds: Tensors,
  alone: number,
): Promise<boolean> {
  if (!manifest.inputs.every(({ shape }) => isFree(shape[0]))) return false;
  if (Object.values(feeds).some(({ dims }) => dims[0] !== 1)) return false;
  try {
    const single = await session.run(feeds);
    const many = joinRows(Array.from({ length: ROWS }, () => feeds));
    const parts = splitRows(await session.run(many), new Array<number>(ROWS).fill(1));
    if (!parts?.every((part) => same(part, single))) return false;
    return (alone * ROWS) / (await session.time(many)) >= WORTH_IT;
  } catch {
    // It takes one row only, whatever its shape says.
    return false;
  }
}

const isFree = (size: unknown) => typeof size === 'string' || size === null;

function same(part: Tensors, single: Tensors): boolean {
  return Object.entries(single).every(([name, tensor]) => {
    const values = plainValues(part[name] as PlainTensor);
    return plainValues(tensor).every((expected, i) => {
      const got = values[i];
      if (typeof expected !== 'number' || typeof got !== 'number') return expected === got;
      return Object.is(expected, got) || Math.abs(expected - got) <= 1e-4 * (1 + Math.abs(expected));
    });
  });
}
