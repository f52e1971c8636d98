import { seededRandom } from '../../numerics/index.ts';
import { countOf, rowsBy, strataOf } from './strata.ts';
import type { SplitOptions, SplitRows } from './types.ts';

/** Passes over the groups in which one is moved to where it fits better. */
const PASSES = 8;

/**
 * Deals whole groups to parts so that each part has its share of every label, as well as whole groups allow. Seeded. Rows
 * without a group are each a group of their own.
 *
 * @param shares of the parts; they add up to 1. The first part keeps a group of every label
 * @returns the part of each row
 */
export function dealGroups(
  rows: SplitRows,
  options: Pick<SplitOptions, 'task' | 'seed'>,
  shares: readonly number[],
): Int32Array {
  const codes = strataOf(rows, options);
  const labels = countOf(codes);
  const groups = [
    ...rowsBy(codes.length, (row) => (rows.groups[row] === '' ? row : (rows.groups[row] as string))).values(),
  ].map((members) => {
    const counts = new Map<number, number>();
    for (const row of members) counts.set(codes[row] as number, (counts.get(codes[row] as number) ?? 0) + 1);
    return { members, counts };
  });
  shuffle(groups, options.seed);
  groups.sort((a, b) => b.members.length - a.members.length);

  const totals = new Float64Array(labels);
  for (const code of codes) totals[code] = (totals[code] as number) + 1;
  const have = shares.map(() => new Float64Array(labels));
  const inPart = shares.map(() => new Int32Array(labels));
  const place = new Int32Array(groups.length).fill(-1);

  /** What it costs to have `by` more of a label in a part: squared distance from its share. */
  const rise = (part: number, counts: ReadonlyMap<number, number>, sign: number) => {
    let sum = 0;
    for (const [code, count] of counts) {
      const total = totals[code] as number;
      const off = ((have[part] as Float64Array)[code] as number) / total - (shares[part] as number);
      const then = off + (sign * count) / total;
      sum += then * then - off * off;
    }
    return sum;
  };
  const move = (index: number, part: number) => {
    const { counts } = groups[index] as (typeof groups)[number];
    const from = place[index] as number;
    for (const [code, count] of counts) {
      const add = (to: number, sign: number) => {
        const values = have[to] as Float64Array;
        const held = inPart[to] as Int32Array;
        values[code] = (values[code] as number) + sign * count;
        held[code] = (held[code] as number) + sign;
      };
      if (from >= 0) add(from, -1);
      add(part, 1);
    }
    place[index] = part;
  };

  for (const [index, { counts }] of groups.entries()) {
    let best = 0;
    let least = Infinity;
    for (let part = 0; part < shares.length; part++) {
      const cost = rise(part, counts, 1);
      if (cost < least) [best, least] = [part, cost];
    }
    move(index, best);
  }
  for (let pass = 0, moved = true; pass < PASSES && moved; pass++) {
    moved = false;
    for (const [index, { counts }] of groups.entries()) {
      const from = place[index] as number;
      const without = rise(from, counts, -1);
      for (let part = 0; part < shares.length; part++) {
        if (part !== from && without + rise(part, counts, 1) < -1e-12) {
          move(index, part);
          moved = true;
          break;
        }
      }
    }
  }
  // What nothing is learnt of cannot be tested; what is learnt should be.
  for (let code = 0; code < labels; code++) {
    for (let part = 0; part < shares.length; part++) {
      if (((inPart[part] as Int32Array)[code] as number) > 0) continue;
      const spare = groups.findLastIndex(({ counts }, index) => {
        const from = place[index] as number;
        return (
          counts.has(code) && [...counts.keys()].every((each) => ((inPart[from] as Int32Array)[each] as number) > 1)
        );
      });
      if (spare >= 0) move(spare, part);
      else if (part === 0)
        move(
          groups.findIndex(({ counts }) => counts.has(code)),
          0,
        );
    }
  }
  const parts = new Int32Array(codes.length);
  for (const [index, { members }] of groups.entries()) for (const row of members) parts[row] = place[index] as number;
  return parts;
}

function shuffle(items: unknown[], seed: number): void {
  const random = seededRandom(seed);
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other], items[last]];
  }
}
