import type { ModelCosts } from '../../inference/index.ts';
import type { TierProfiles } from '../../messages/index.ts';

export interface FitOptions {
  /** What the models cost where they were measured. Without it their cost is guessed from their size. */
  readonly costs?: readonly ModelCosts[];
  /** How quick the machine is that measured them. Default: it is the one that the bundle is for. */
  readonly measuredOn?: TierProfiles;
  /** Types of nodes that the bundle brings along. */
  readonly brought?: boolean;
}
