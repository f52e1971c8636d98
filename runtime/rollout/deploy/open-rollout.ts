import type { Rollout, RolloutOptions } from './types.ts';

/** Opens what `directory` holds: recovers from wherever a deploy was cut off. */
export function openRollout(options: RolloutOptions): Promise<Rollout> {
  return Promise.reject(new Error(`not there yet: ${options.directory}`));
}
