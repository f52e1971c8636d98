/**
 * One pass of a mixed-radix transform: combines each `radix` values that lie a `radix`-th of the whole apart.
 *
 * @param from where in `values` to begin
 */
export type Pass = (values: Float64Array, from: number, into: Float64Array) => void;

/** What a pass is made for. The whole is `radix` × `groups` × `stride` complex values. */
export interface PassShape {
  /** Transforms that are still to be combined after this pass, of `groups` values each. */
  readonly groups: number;
  /** Values that lie side by side and are treated alike: the product of the radices before. */
  readonly stride: number;
}
