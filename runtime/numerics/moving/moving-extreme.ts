import type { Moving } from './moving.ts';

/**
 * The smallest of the last values: in rounds, as the moving mean is.
 *
 * @param length values, at least 1
 * @param sign   -1 for the largest instead
 * @see van Herk (1992), Gil and Werman (1993)
 */
export function movingExtreme(length: number, sign: 1 | -1): Moving {
  // Up to `place` values of this round, after it the least of those of the round before: from there to its end.
  const round = new Float64Array(length + 1).fill(Infinity);
  // Of the values of this round: in an array, because a number that closures share is made anew at each change.
  const least = Float64Array.of(Infinity);
  let place = 0;
  return {
    bytes: round.byteLength + least.byteLength,
    push(value) {
      const signed = sign * value;
      round[place++] = signed;
      const ofRound = signed < (least[0] as number) ? signed : (least[0] as number);
      least[0] = ofRound;
      const before = round[place] as number;
      const all = before < ofRound ? before : ofRound;
      if (place === length) {
        let ofLast = Infinity;
        for (let n = length - 1; n >= 0; n--) {
          if ((round[n] as number) < ofLast) ofLast = round[n] as number;
          round[n] = ofLast;
        }
        place = 0;
        least[0] = Infinity;
      }
      return sign * all;
    },
    reset() {
      place = 0;
      least[0] = Infinity;
      round.fill(Infinity);
    },
  };
}
