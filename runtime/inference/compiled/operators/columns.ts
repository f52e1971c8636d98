import { newRows, type Scope } from '../graph/scope.ts';
import { type Rows, sizeOf, type Slot } from '../graph/value.ts';
import { elementwise } from '../steps/activation.ts';
import { mapStep } from '../steps/map.ts';
import { selectStep } from '../steps/select.ts';
import { asFloat } from './as-float.ts';
import type { Operator } from './operator.ts';

/** Takes `places` of each row. */
function emitSelect(scope: Scope, x: Rows, places: readonly number[], dims: readonly number[]): void {
  const y = newRows(x.type, dims, undefined);
  scope.emit(
    selectStep(
      places.map(() => x.slot),
      places,
      y.slot,
    ),
  );
  scope.give(x.labels ? { ...y, labels: x.labels } : y);
}

/** Values side by side along an axis behind the rows. */
export const concat: Operator = (scope) => {
  const parts = scope.node.inputs.map((_, index) => scope.rows(index));
  const [first] = parts;
  if (!first || parts.some(({ labels, type }) => labels || type !== first.type))
    return scope.refuse('its values differ in type');
  const rank = first.dims.length + 1;
  const asked = scope.attributes.int('axis', 1);
  const axis = (asked < 0 ? asked + rank : asked) - 1;
  if (axis < 0) scope.refuse('it puts rows under rows');
  const outer = sizeOf(first.dims.slice(0, axis));
  const chunks = parts.map(({ dims }) => sizeOf(dims.slice(axis)));
  const size = parts.reduce((sum, { dims }) => sum + (dims[axis] ?? 0), 0);
  const [slots, places]: [Slot[], number[]] = [[], []];
  for (let block = 0; block < outer; block++) {
    parts.forEach(({ slot }, n) => {
      for (let at = 0; at < (chunks[n] ?? 0); at++) {
        slots.push(slot);
        places.push(block * (chunks[n] ?? 0) + at);
      }
    });
  }
  const y = newRows(first.type, first.dims.with(axis, size), undefined);
  if (y.slot.width !== places.length) scope.refuse('its values do not fit side by side');
  scope.emit(selectStep(slots, places, y.slot));
  scope.give(y);
};

/** ai.onnx.ml: columns of numbers side by side, as float32. */
export const featureVectorizer: Operator = (scope) => {
  const parts = scope.node.inputs.map((_, index) => asFloat(scope, index));
  if (parts.some(({ dims }) => dims.length > 1)) scope.refuse('it takes matrices');
  const y = newRows('float32', [parts.reduce((sum, { slot }) => sum + slot.width, 0)], undefined);
  const slots = parts.flatMap(({ slot }) => Array.from({ length: slot.width }, () => slot));
  const places = parts.flatMap(({ slot }) => Array.from({ length: slot.width }, (_, place) => place));
  scope.emit(selectStep(slots, places, y.slot));
  scope.give(y);
};

/** Columns by number; or, of a list, the entry that each row names. */
export const gather: Operator = (scope) => {
  const source = scope.value(0);
  const index = scope.value(1);
  const axis = scope.attributes.int('axis', 0);
  if (source.kind === 'constant' && index.kind === 'rows') return lookUp(scope, index);
  if (source.kind !== 'rows' || index.kind !== 'constant') return scope.refuse('it does not take columns');
  const length = source.dims.at(-1) ?? 1;
  if (axis !== -1 && axis !== source.dims.length) scope.refuse('it takes from another axis than the last');
  if (source.dims.length !== 1) scope.refuse('it takes from a value of more than two dimensions');
  const places = Array.from(index.values, (each) => (each < 0 ? each + length : each));
  if (places.some((place) => place < 0 || place >= length)) scope.refuse('it takes a column that is not there');
  emitSelect(scope, source, places, index.dims);
};

/** ai.onnx.ml: columns by number. */
export const arrayFeatureExtractor: Operator = (scope) => {
  const source = scope.value(0);
  const index = scope.value(1);
  if (source.kind === 'constant' && index.kind === 'rows') {
    if (source.dims.length !== 1 && source.dims[0] !== 1) scope.refuse('it looks up in a table');
    return lookUp(scope, index, true);
  }
  if (source.kind !== 'rows' || index.kind !== 'constant') return scope.refuse('it does not take columns');
  if (source.dims.length !== 1) scope.refuse('it takes from a value that is no matrix');
  const places = Array.from(index.values);
  if (places.some((place) => place < 0 || place >= source.slot.width))
    scope.refuse('it takes a column that is not there');
  emitSelect(scope, source, places, [places.length]);
};

/** @param across what comes out has the shape [1, rows] */
function lookUp(scope: Scope, index: Rows, across = false): void {
  const list = scope.constant(0);
  if (index.dims.length > 1 || sizeOf(index.dims) !== 1 || index.labels)
    scope.refuse('it looks up more than one entry a row');
  if (!across && list.dims.length !== 1) scope.refuse('it looks up in a table');
  const dims = across ? [] : index.dims;
  const turned = across ? { across: true } : {};
  if (list.texts || list.type === 'int64') {
    const labels = list.texts ?? Array.from(list.values, (each) => BigInt(each));
    return scope.give({ ...index, ...turned, type: list.texts ? 'string' : 'int64', dims, labels });
  }
  if (list.type !== 'float32' && list.type !== 'float64') scope.refuse(`it looks up ${list.type}`);
  const y = newRows(list.type, dims, undefined);
  scope.emit(
    mapStep(
      index.slot,
      y.slot,
      elementwise((place) => list.values[place] ?? NaN),
    ),
  );
  scope.give({ ...y, ...turned });
}
