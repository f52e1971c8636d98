import type { ModelPackage } from './package.ts';

/** The version that a reference means, also after its alias has moved. */
export interface ModelHold {
  readonly current: ModelPackage;
  /**
   * Told of each new version that the reference means from then on.
   *
   * @returns a function that ends the listening
   */
  onChange(listener: (pkg: ModelPackage) => void): () => void;
}
