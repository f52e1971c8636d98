import { newRows } from '../graph/scope.ts';
import type { Slot } from '../graph/value.ts';
import type { Operator } from './operator.ts';

/** Along the last axis. */
export const argMax: Operator = (scope) => {
  const x = scope.rows(0);
  const { attributes } = scope;
  const axis = attributes.int('axis', 0);
  if (axis !== -1 && axis !== x.dims.length) scope.refuse('it looks along another axis than the last');
  const [length = 1] = x.dims.slice(-1);
  const others = x.dims.slice(0, -1);
  const last = attributes.int('select_last_index', 0) !== 0;
  const y = newRows('int64', attributes.int('keepdims', 1) === 0 ? others : [...others, 1], undefined);
  scope.emit({
    reads: [x.slot],
    writes: [y.slot],
    cost: x.slot.width,
    link: () => findMaxima(x.slot, y.slot, length, last),
  });
  scope.give(y);
};

function findMaxima(from: Slot, to: Slot, length: number, last: boolean): (rows: number) => void {
  const [x, y] = [from.array, to.array];
  return (rows) => {
    const count = rows * to.width;
    for (let group = 0, start = 0; group < count; group++, start += length) {
      let best = 0;
      let most = x[start] as number;
      for (let index = 1; index < length; index++) {
        const value = x[start + index] as number;
        if (value > most || (last && value === most)) {
          most = value;
          best = index;
        }
      }
      y[group] = best;
    }
  };
}
