import type { NewExample } from '../../../runtime/datasets/data-sets/types.ts';

export const groupsIn = (examples: readonly NewExample[]) => [...new Set(examples.map(({ group }) => group))];

/** As a data set counts them. */
export const labelsIn = (examples: readonly NewExample[]) =>
  [...new Set(examples.map(({ label }) => label ?? null))].map((label) => ({
    label,
    examples: examples.filter((example) => (example.label ?? null) === label).length,
  }));
