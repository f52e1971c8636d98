import type { MillraceError } from '../../base/index.ts';
import type { ModelPackage } from './package.ts';

/** The version that a reference means, also after its alias has moved. */
export interface ModelHold {
  /** As the user wrote it. */
  readonly reference: string;
  /** Nothing as long as there is no such model: it may be trained or imported later. */
  readonly current: ModelPackage | undefined;
  /** Why there is nothing: what there is instead, and what to do. */
  readonly awaited: MillraceError | undefined;
  /**
   * Told of each new version that the reference means from then on, the first among them where there was none.
   *
   * @returns a function that ends the listening
   */
  onChange(listener: (pkg: ModelPackage) => void): () => void;
}
