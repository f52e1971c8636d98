import type { Moving } from './moving.ts';

/**
 * In rounds, as the moving mean is: of two groups of values each with its mean and its squared distances to it, those of both
 * together follow without the values.
 *
 * @param length values, at least 1
 * @see Chan, Golub and LeVeque (1979)
 */
export function movingStandardDeviation(length: number): Moving {
  // Up to `place` values of this round, after it means, and squared distances to them, of the round before from there to its end.
  const means = new Float64Array(length + 1);
  const squares = new Float64Array(length + 1);
  let place = 0;
  let held = 0;
  // Mean of this round, and squared distances to it: in an array, because a number that closures share is made anew at each change.
  const round = new Float64Array(2);

  /** The round is full: those of its last one, two, three … values. */
  const close = () => {
    let ofLast = 0;
    let around = 0;
    for (let n = length - 1; n >= 0; n--) {
      const value = means[n] as number;
      const away = value - ofLast;
      ofLast += away / (length - n);
      around += away * (value - ofLast);
      means[n] = ofLast;
      squares[n] = around;
    }
    place = 0;
    round.fill(0);
  };

  return {
    bytes: means.byteLength + squares.byteLength + round.byteLength,
    push(value) {
      if (held < length) held++;
      means[place++] = value;
      const away = value - (round[0] as number);
      const mean = (round[0] as number) + away / place;
      const distances = (round[1] as number) + away * (value - mean);
      round[0] = mean;
      round[1] = distances;
      const before = held - place;
      const apart = (means[place] as number) - mean;
      const all = distances + (squares[place] as number) + apart * apart * ((place * before) / held);
      if (place === length) close();
      return Math.sqrt(all / held);
    },
    reset() {
      place = 0;
      held = 0;
      round.fill(0);
      means.fill(0);
      squares.fill(0);
    },
  };
}
