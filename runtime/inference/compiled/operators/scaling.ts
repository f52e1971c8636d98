import { newRows, type Scope } from '../graph/scope.ts';
import { sizeOf, type Rows } from '../graph/value.ts';
import { Affine } from '../steps/affine.ts';
import { asFloat } from './as-float.ts';
import type { Operator } from './operator.ts';

function emitAffine(
  scope: Scope,
  x: Rows,
  by: (place: number) => { offset: number; scale: number; shift: number },
): void {
  const y = newRows(x.type, x.dims, undefined);
  const parts = Array.from({ length: x.slot.width }, (_, place) => by(place));
  const column = (name: 'offset' | 'scale' | 'shift') => Float64Array.from(parts, (part) => part[name]);
  const [offset, scale, shift] = [column('offset'), column('scale'), column('shift')];
  scope.emit(new Affine({ from: x.slot, to: y.slot, offset, scale, shift }));
  scope.give(y);
}

/** One value for all features, or one for each. */
function perFeature(scope: Scope, name: string, features: number, standard: number): (place: number) => number {
  const values = scope.attributes.floats(name);
  if (values.length > 1 && values.length !== features)
    scope.refuse(`it has ${values.length} ${name}s for ${features} features`);
  return (place) => values[values.length === 1 ? 0 : place % features] ?? standard;
}

/** ai.onnx.ml: (x − offset) · scale. */
export const scaler: Operator = (scope) => {
  const x = asFloat(scope);
  const features = x.dims.at(-1) ?? 1;
  const offset = perFeature(scope, 'offset', features, 0);
  const scale = perFeature(scope, 'scale', features, 1);
  emitAffine(scope, x, (place) => ({ offset: offset(place), scale: scale(place), shift: 0 }));
};

/** With the statistics of training, along the second dimension. */
export const batchNormalization: Operator = (scope) => {
  const x = scope.rows(0);
  if (scope.attributes.int('training_mode', 0) !== 0) scope.refuse('it is set to training');
  const [channels = 1] = x.dims;
  const each = sizeOf(x.dims.slice(1));
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((input) => scope.constant(input).values);
  const epsilon = scope.attributes.float('epsilon', 1e-5);
  if (scale?.length !== channels) scope.refuse('it does not normalise the second dimension');
  emitAffine(scope, x, (place) => {
    const channel = Math.floor(place / each);
    const deviation = Math.sqrt((variance?.[channel] ?? 1) + epsilon);
    return { offset: mean?.[channel] ?? 0, scale: (scale?.[channel] ?? 1) / deviation, shift: bias?.[channel] ?? 0 };
  });
};
