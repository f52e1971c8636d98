import { compareEstimate, type MeasuredCost } from '../../messages/index.ts';
import type { Estimate } from '../deploy/types.ts';

/**
 * What a new bundle has taken, held against what was estimated: the end of a sentence, empty where nothing can be compared.
 *
 * @example
 * costWords({ startMs: 900 }, { startMs: 3_000 }); // '; started in 3.0 s (estimated: 0.9 s, far too little)'
 */
export function costWords(estimate: Estimate | undefined, taken: MeasuredCost): string {
  const { memoryBytes, startMs, modelMs } = estimate ?? {};
  return [
    compared(
      'memoryBytes',
      memoryBytes,
      taken.memoryBytes,
      (bytes) => `takes ${megabytes(bytes)} of memory`,
      megabytes,
    ),
    compared('startMs', startMs, taken.startMs, (ms) => `started in ${seconds(ms)}`, seconds),
    compared('modelMs', modelMs, taken.modelMs, (ms) => `a row of its slowest model takes ${short(ms)}`, short),
  ].join('');
}

function compared(
  what: keyof Estimate,
  estimated: number | undefined,
  found: number | undefined,
  say: (value: number) => string,
  show: (value: number) => string,
): string {
  if (estimated === undefined || found === undefined || found <= 0) return '';
  const [misled] = compareEstimate({ [what]: estimated }, { [what]: found });
  const verdict = misled ? `, far too ${found > estimated ? 'little' : 'much'}` : '';
  return `; ${say(found)} (estimated: ${show(estimated)}${verdict})`;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const short = (ms: number) => (ms < 1 ? `${Math.max(1, Math.round(ms * 1_000))} µs` : `${ms.toFixed(1)} ms`);
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
