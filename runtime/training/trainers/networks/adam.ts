/** @see Kingma and Ba, Adam: a method for stochastic optimization (2015) */
export interface Adam {
  /** One step down the gradient. */
  step(parameters: Float64Array, gradient: Float64Array): void;
}

const FIRST = 0.9;
const SECOND = 0.999;
const TINY = 1e-8;

export function createAdam(size: number, rate: number): Adam {
  const means = new Float64Array(size);
  const squares = new Float64Array(size);
  let firstLeft = 1;
  let secondLeft = 1;
  return {
    step(parameters, gradient) {
      firstLeft *= FIRST;
      secondLeft *= SECOND;
      const length = (rate * Math.sqrt(1 - secondLeft)) / (1 - firstLeft);
      for (let at = 0; at < size; at++) {
        const slope = gradient[at] as number;
        const mean = FIRST * (means[at] as number) + (1 - FIRST) * slope;
        const square = SECOND * (squares[at] as number) + (1 - SECOND) * slope * slope;
        means[at] = mean;
        squares[at] = square;
        parameters[at] = (parameters[at] as number) - (length * mean) / (Math.sqrt(square) + TINY);
      }
    },
  };
}
