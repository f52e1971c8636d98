import { errors } from './errors.ts';
import type { Examples } from './examples.ts';

export interface Split {
  readonly train: Examples;
  readonly test: Examples;
}

/**
 * Holds out whole groups. Rows are never shuffled.
 *
 * @param held the groups to test on
 * @throws EXAMPLES_TOO_FEW if either part would be empty
 */
export function splitByGroup(examples: Examples, held: ReadonlySet<string>): Split {
  return split(examples, (row) => held.has(examples.groups[row] as string));
}

/**
 * Holds out the last part of every group and label, in the order of time, and leaves `gap` rows unused between the parts:
 * as many as overlap.
 *
 * @param fraction of the rows to test on, in (0, 1)
 * @throws EXAMPLES_TOO_FEW if either part would be empty
 */
export function splitByTime(examples: Examples, fraction: number, gap = 0): Split {
  const stretches = new Map<string, number[]>();
  for (const row of examples.rows.keys()) {
    const stretch = `${examples.groups[row]}
${examples.labels[row]}`;
    const rows = stretches.get(stretch) ?? [];
    rows.push(row);
    stretches.set(stretch, rows);
  }
  const tested = new Set<number>();
  const unused = new Set<number>();
  for (const rows of stretches.values()) {
    const from = Math.ceil(rows.length * (1 - fraction));
    rows.slice(from).forEach((row) => tested.add(row));
    rows.slice(Math.max(0, from - gap), from).forEach((row) => unused.add(row));
  }
  return split(examples, (row) => tested.has(row), unused);
}

function split(examples: Examples, isTest: (row: number) => boolean, unused: ReadonlySet<number> = new Set()): Split {
  const used = [...examples.rows.keys()].filter((row) => !unused.has(row));
  const train = select(
    examples,
    used.filter((row) => !isTest(row)),
  );
  const test = select(examples, used.filter(isTest));
  if (train.rows.length === 0 || test.rows.length === 0) {
    throw errors.EXAMPLES_TOO_FEW({
      usable: Math.min(train.rows.length, test.rows.length),
      of: examples.rows.length,
      needed: 1,
    });
  }
  return { train, test };
}

function select({ features, rows, labels, groups }: Examples, chosen: readonly number[]): Examples {
  return {
    features,
    rows: chosen.map((row) => rows[row] as Float64Array),
    labels: chosen.map((row) => labels[row] as string),
    groups: chosen.map((row) => groups[row] as string),
  };
}
