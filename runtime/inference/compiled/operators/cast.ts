import { elementTypeName } from '../../../onnx-format/index.ts';
import { newRows } from '../graph/scope.ts';
import type { RowType } from '../graph/value.ts';
import { elementwise, unchanged } from '../steps/activation.ts';
import { mapStep } from '../steps/map.ts';
import type { Operator } from './operator.ts';

const FLOATS: ReadonlySet<string> = new Set(['float32', 'float64']);

/** Between numbers; labels stay what they are. */
export const cast: Operator = (scope) => {
  const value = scope.value(0);
  const type = elementTypeName(scope.attributes.int('to', 0)) as RowType;
  if (value.type === type) return scope.give(value);
  if (!FLOATS.has(type) && type !== 'int64' && type !== 'int32') scope.refuse(`it turns ${value.type} to ${type}`);
  if (value.type === 'string') scope.refuse('it reads numbers from text');
  const change = FLOATS.has(type) ? (x: number) => x : type === 'int64' ? Math.trunc : (x: number) => Math.trunc(x) | 0;
  if (value.kind === 'constant') {
    const rounded = type === 'float32' ? Float32Array.from(value.values) : Float64Array.from(value.values, change);
    return scope.give({ ...value, type, values: rounded });
  }
  const { labels } = value;
  const y = newRows(type, value.dims, undefined);
  const f = labels ? (place: number) => change(Number(labels[place])) : change;
  scope.emit(mapStep(value.slot, y.slot, FLOATS.has(type) && !labels ? unchanged : elementwise(f)));
  scope.give(value.across ? { ...y, across: true } : y);
};
