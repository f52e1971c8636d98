import { newRows, type Scope } from '../graph/scope.ts';
import type { Rows } from '../graph/value.ts';
import { unchanged } from '../steps/activation.ts';
import { mapStep } from '../steps/map.ts';

/** The input as float32, as most operators of ai.onnx.ml take it; labels are none. */
export function asFloat(scope: Scope, index = 0): Rows {
  const x = scope.rows(index);
  if (x.labels) return scope.refuse('it takes labels');
  if (x.type === 'float32') return x;
  const y = newRows('float32', x.dims, undefined);
  scope.emit(mapStep(x.slot, y.slot, unchanged));
  return y;
}
