import type { LoadedNodeRed } from '../node-red.ts';

/** Counts what nodes report as errors, also those that a Catch node takes. @returns the count so far */
export function countErrors({ Node }: Pick<LoadedNodeRed, 'Node'>): () => number {
  const prototype = Node.prototype as { error: (...values: unknown[]) => unknown };
  const report = prototype.error;
  let count = 0;
  prototype.error = function (...values) {
    count++;
    return report.apply(this, values);
  };
  return () => count;
}
