import type { Moving } from './moving.ts';

/**
 * Nothing is ever subtracted, so that nothing is left of a value that is gone, however large it was and however long the stream: the
 * stream is taken in rounds of `length` values, and the values held are the last ones of the round before, whose sums
 * were taken from the end when it was full, and the first ones of this round.
 *
 * @param length values, at least 1
 * @see van Herk (1992), Gil and Werman (1993), who do so for extremes
 */
export function movingMean(length: number): Moving {
  // Up to `place` values of this round, after it sums of those of the round before: from there to its end.
  const round = new Float64Array(length + 1);
  // Of the values of this round: in an array, because a number that closures share is made anew at each change.
  const sum = new Float64Array(1);
  let place = 0;
  let held = 0;

  const close = () => {
    let ofLast = 0;
    for (let n = length - 1; n >= 0; n--) {
      ofLast += round[n] as number;
      round[n] = ofLast;
    }
    place = 0;
    sum[0] = 0;
  };

  return {
    bytes: round.byteLength + sum.byteLength,
    push(value) {
      if (held < length) held++;
      round[place++] = value;
      const ofRound = (sum[0] as number) + value;
      sum[0] = ofRound;
      const all = ofRound + (round[place] as number);
      if (place === length) close();
      return all / held;
    },
    reset() {
      place = 0;
      held = 0;
      sum[0] = 0;
      round.fill(0);
    },
  };
}
