import type { Clock } from '../base/index.ts';
import type { ModelPackage } from '../models/package/index.ts';
import type { Drift } from './types.ts';
import { createWatch } from './watch/create-watch.ts';

export interface DriftOptions {
  /** The registry, or anything that finds packages: '' is the example that ships with Millrace. */
  readonly models: { resolve(reference: string): Promise<ModelPackage> };
  readonly clock: Clock;
}

/** The monitors of one process, which take their references from its models. */
export function createDrift(options: DriftOptions): Drift {
  return { watch: (settings = {}) => createWatch(options, settings) };
}
