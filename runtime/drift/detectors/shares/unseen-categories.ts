import { betaBinomialTail } from '../../../numerics/index.ts';
import { errors } from '../../errors.ts';
import type { Tested } from '../two-sample/chi-square.ts';

/**
 * Whether more values are of categories that the reference never had than a reference of its size lets expect. How much it
 * has missed is told by the categories that it had only once: each would have been unseen, had that row come later.
 *
 * @param reference counts by category
 * @param current   counts by category
 * @returns the share of the current values whose category is new, and how likely one as large is while nothing has changed;
 *   beside them the new categories, the most frequent first
 * @throws SAMPLE_EMPTY
 * @see Good (1953), Biometrika 40: the estimate of Good and Turing, here with Jeffreys' prior
 *
 * @example
 * const reference = new Map([['on', 500], ['off', 500]]);
 * unseenCategories(reference, new Map([['on', 95], ['fault', 5]])).categories; // ['fault']
 */
export function unseenCategories(
  reference: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
): Tested & { readonly categories: readonly string[] } {
  const [before, now] = [total(reference), total(current)];
  if (before === 0 || now === 0) throw errors.SAMPLE_EMPTY({ statistic: 'unseen-categories' });
  const once = [...reference.values()].filter((count) => count === 1).length;
  const unseen = [...current].filter(([category, count]) => count > 0 && !((reference.get(category) ?? 0) > 0));
  const count = unseen.reduce((sum, [, each]) => sum + each, 0);
  const pValue = betaBinomialTail(count, now, once + 0.5, before - once + 0.5);
  const categories = unseen.sort(([, one], [, other]) => other - one).map(([category]) => category);
  return { statistic: count / now, pValue, categories };
}

const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);
