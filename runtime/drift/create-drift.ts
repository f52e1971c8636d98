import type { Clock } from '../base/index.ts';
import type { ModelPackage } from '../models/package/index.ts';
import type { Drift } from './types.ts';

export interface DriftOptions {
  /** The registry, or anything that finds packages: '' is the example that ships with Millrace. */
  readonly models: { resolve(reference: string): Promise<ModelPackage> };
  readonly clock: Clock;
}

/** The monitors of one process. */
export function createDrift(_options: DriftOptions): Drift {
  throw new Error('not built yet');
}
