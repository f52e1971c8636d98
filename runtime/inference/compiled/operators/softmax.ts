import { newRows } from '../graph/scope.ts';
import { sizeOf } from '../graph/value.ts';
import { logSoftmaxStep, softmaxStep } from '../steps/softmax.ts';
import type { Operator } from './operator.ts';

/** Along the last axis; before opset 13, over all axes from the given one on. */
export const softmax =
  (logarithm: boolean): Operator =>
  (scope) => {
    const x = scope.rows(0);
    if (x.type !== 'float32' && x.type !== 'float64') scope.refuse(`it takes ${x.type}`);
    const rank = x.dims.length + 1;
    const asked = scope.attributes.int('axis', scope.opset < 13 ? 1 : -1);
    const axis = asked < 0 ? asked + rank : asked;
    if (axis === 0) scope.refuse('it goes across the rows');
    if (scope.opset >= 13 && axis !== rank - 1) scope.refuse('it goes along another axis than the last');
    const length = sizeOf(x.dims.slice(axis - 1));
    const y = newRows(x.type, x.dims, undefined);
    scope.emit((logarithm ? logSoftmaxStep : softmaxStep)(x.slot, y.slot, length));
    scope.give(y);
  };
