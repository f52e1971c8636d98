import type { ModelCosts } from '../../inference/index.ts';
import type { TierProfiles } from '../../messages/index.ts';

export interface FitOptions {
  /** What the models cost where they were measured. Without it their cost is guessed from their size. */
  readonly costs?: readonly ModelCosts[];
  /** How quick the machine is that measured them. Default: it is the one that the bundle is for. */
  readonly measuredOn?: TierProfiles;
  /** Whether the bundle brings packages with nodes along. */
  readonly brought?: boolean;
  /** Whether its files lie on the machine already, so that they need no room there. */
  readonly unpacked?: boolean;
  /**
   * Names that are set in the environment of the machine, where it is this one. A setting that is not set there either keeps the
   * flow from starting; without this, it may be set there and nobody knows.
   */
  readonly environment?: readonly string[];
}
