import { elementTypeName } from './element-types.ts';
import type { ValueInfo } from './model.ts';

/** An input or output that is a tensor. */
export interface TensorShape {
  /** ONNX element type: `float32`; `undefined` where the file leaves it open. */
  readonly type: string;
  /** A number a fixed dimension, a name or null a free one; left out: not even the number of dimensions is known. */
  readonly shape?: readonly (number | string | null)[];
}

/** Type and shape of an input or output; `undefined` if it is no tensor, but a sequence, a map or an optional value. */
export function tensorShape({ type }: ValueInfo): TensorShape | undefined {
  if (!type) return { type: elementTypeName(0) };
  if (!type.tensor) return undefined;
  const { elementType, shape } = type.tensor;
  const name = elementTypeName(elementType);
  if (!shape) return { type: name };
  // Some exporters write -1, and an empty name, for a free dimension.
  const sizes = shape.dimensions.map(({ value = -1, name: free }) => (value >= 0 ? value : free || null));
  return { type: name, shape: sizes };
}
