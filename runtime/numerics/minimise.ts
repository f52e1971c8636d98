import { dot } from './dot.ts';

/** Writes the gradient at `at` and returns the value there. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** The gradient's largest component came below the tolerance. */
  readonly converged: boolean;
}

export interface MinimiseOptions {
  readonly iterations?: number;
  /** Of the gradient's largest component. */
  readonly tolerance?: number;
  /** Asked after each iteration: false ends the search where it is. */
  readonly goOn?: (iteration: number, value: number) => boolean;
}

interface Step {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

const MEMORY = 10;

/**
 * Minimises a smooth function: limited-memory BFGS with a back-tracking line search (Armijo's condition). It draws no
 * random numbers: the same function gives the same minimum.
 *
 * @param start not changed
 * @see Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 3.1
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  { iterations = 500, tolerance = 1e-5, goOn = () => true }: MinimiseOptions = {},
): Minimum {
  let at = start.slice();
  let gradient = new Float64Array(at.length);
  let value = objective(at, gradient);
  const memory: Step[] = [];
  let iteration = 0;

  const done = () => gradient.every((slope) => Math.abs(slope) <= tolerance);

  for (; iteration < iterations && !done(); iteration++) {
    const direction = descent(gradient, memory);
    const slope = dot(gradient, direction);
    let length = memory.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const next = new Float64Array(at.length);
    const nextGradient = new Float64Array(at.length);
    let nextValue = Infinity;
    for (let tries = 0; tries < 40; tries++, length /= 2) {
      for (let index = 0; index < at.length; index++) {
        next[index] = (at[index] as number) + length * (direction[index] as number);
      }
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    // No step helps any more: the limit of the arithmetic is reached.
    if (!(nextValue < value)) break;
    const s = next.map((x, index) => x - (at[index] as number));
    const y = nextGradient.map((g, index) => g - (gradient[index] as number));
    const curvature = dot(s, y);
    if (curvature > 1e-12) memory.push({ s, y, rho: 1 / curvature });
    if (memory.length > MEMORY) memory.shift();
    at = next;
    gradient = nextGradient;
    value = nextValue;
    if (!goOn(iteration + 1, value)) break;
  }
  return { at, value, iterations: iteration, converged: done() };
}

// The two-loop recursion: minus the gradient, times what the last steps tell about the inverse Hessian.
function descent(gradient: Float64Array, memory: readonly Step[]): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const alphas: number[] = [];
  for (const { s, y, rho } of memory.toReversed()) {
    const alpha = rho * dot(s, direction);
    alphas.push(alpha);
    for (let index = 0; index < y.length; index++) {
      direction[index] = (direction[index] as number) - alpha * (y[index] as number);
    }
  }
  const newest = memory.at(-1);
  if (newest) {
    const scale = dot(newest.s, newest.y) / dot(newest.y, newest.y);
    for (let index = 0; index < direction.length; index++) direction[index] = (direction[index] as number) * scale;
  }
  for (const { s, y, rho } of memory) {
    const beta = rho * dot(y, direction);
    const alpha = alphas.pop() as number;
    for (let index = 0; index < s.length; index++) {
      direction[index] = (direction[index] as number) + (alpha - beta) * (s[index] as number);
    }
  }
  return direction;
}
