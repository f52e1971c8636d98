import { seededRandom } from '../../../numerics/index.ts';
import { selectRows, type TrainingSet } from '../../fit/training-set.ts';

/**
 * At most so many of the rows, in their order, drawn by chance; of a classification each class keeps its share, and at least
 * one row. Rows that weigh nothing are left out.
 */
export function someRows(set: TrainingSet, most: number, seed: number): TrainingSet {
  const { rows, target, weights } = set;
  const groups = new Map<number, number[]>();
  let counted = 0;
  for (let row = 0; row < rows; row++) {
    if (weights && !((weights[row] as number) > 0)) continue;
    const group = target.task === 'classification' ? (target.codes[row] as number) : 0;
    const own = groups.get(group) ?? [];
    own.push(row);
    groups.set(group, own);
    counted++;
  }
  if (counted <= most)
    return counted === rows
      ? set
      : selectRows(
          set,
          [...groups.values()].flat().sort((a, b) => a - b),
        );
  const random = seededRandom(seed);
  const chosen: number[] = [];
  for (const own of groups.values()) {
    const kept = Math.max(1, Math.floor((most * own.length) / counted));
    for (let at = 0; at < kept; at++) {
      const other = at + Math.floor(random() * (own.length - at));
      const row = own[other] as number;
      own[other] = own[at] as number;
      own[at] = row;
      chosen.push(row);
    }
  }
  return selectRows(
    set,
    chosen.sort((a, b) => a - b),
  );
}
