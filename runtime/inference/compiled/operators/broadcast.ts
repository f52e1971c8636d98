import type { Scope } from '../graph/scope.ts';
import { sizeOf, type Value } from '../graph/value.ts';

/** Sizes of what comes out, and for each of its values the place of the left and of the right one. */
type Broadcast = readonly [dims: number[], left: Int32Array, right: Int32Array];

/**
 * How two values meet, in one row.
 *
 * @throws NotCompilable where one would meet the rows of the other across
 */
export function broadcast(scope: Scope, a: Value, b: Value): Broadcast {
  const rank = Math.max(fullRank(a), fullRank(b));
  for (const value of [a, b]) {
    // Aligned at the last axis, so a value of fewer dimensions would bring its rows to another axis.
    if (value.kind === 'rows' && fullRank(value) !== rank)
      scope.refuse('its values have different numbers of dimensions');
    if (value.kind === 'constant' && value.dims.length === rank && value.dims[0] !== 1) {
      scope.refuse('a constant differs by row');
    }
  }
  const [left, right] = [rowDims(a, rank - 1), rowDims(b, rank - 1)];
  const dims = left.map((size, axis) => {
    const other = right[axis] as number;
    if (size !== other && size !== 1 && other !== 1) scope.refuse(`sizes ${size} and ${other} do not fit together`);
    return Math.max(size, other);
  });
  return [dims, places(dims, left), places(dims, right)];
}

const fullRank = (value: Value) => value.dims.length + (value.kind === 'rows' ? 1 : 0);

/** Without the axis of the rows, filled up with ones in front. */
function rowDims(value: Value, length: number): number[] {
  const dims = value.kind === 'constant' && value.dims.length > length ? value.dims.slice(1) : value.dims;
  return [...new Array<number>(length - dims.length).fill(1), ...dims];
}

function places(dims: readonly number[], own: readonly number[]): Int32Array {
  const at = new Int32Array(sizeOf(dims));
  for (let index = 0; index < at.length; index++) {
    let rest = index;
    let step = 1;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      const size = own[axis] as number;
      if (size !== 1) at[index] = (at[index] as number) + (rest % (dims[axis] as number)) * step;
      rest = Math.floor(rest / (dims[axis] as number));
      step *= size;
    }
  }
  return at;
}
