export interface DrawSample {
  /** @returns rows, each at most once, drawn with the chance that their weights give them */
  (): Int32Array;
  /** How many are drawn. */
  readonly rows: number;
}

/** @param weights one a row; those of 0 are never drawn */
export function drawSample(weights: Float64Array, wanted: number, random: () => number): DrawSample {
  const counted = Int32Array.from(weights.keys()).filter((row) => (weights[row] as number) > 0);
  const rows = Math.min(wanted, Math.max(1, Math.round(effective(weights))));
  const alike = counted.every((row) => weights[row] === weights[counted[0] as number]);
  const keys = new Float64Array(alike ? 0 : weights.length);
  const draw = alike
    ? () => {
        for (let at = 0; at < rows; at++) {
          const other = at + Math.floor(random() * (counted.length - at));
          const row = counted[other] as number;
          counted[other] = counted[at] as number;
          counted[at] = row;
        }
        return counted.slice(0, rows);
      }
    : () => {
        // Efraimidis and Spirakis (2006), Weighted random sampling: the smallest of −log(u) / weight.
        for (const row of counted) keys[row] = -Math.log(1 - random()) / (weights[row] as number);
        return counted.toSorted((a, b) => (keys[a] as number) - (keys[b] as number)).slice(0, rows);
      };
  return Object.assign(draw, { rows });
}

/** How many rows of the same weight would say as much: those that hardly count are not to fill the sample. */
function effective(weights: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}
