import { movingMean } from './moving-mean.ts';
import type { Moving } from './moving.ts';

export function movingRootMeanSquare(length: number): Moving {
  const squares = movingMean(length);
  return {
    bytes: squares.bytes,
    push: (value) => Math.sqrt(squares.push(value * value)),
    reset: () => squares.reset(),
  };
}
