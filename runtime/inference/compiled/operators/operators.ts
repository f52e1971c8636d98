import { activationOperators } from './activations.ts';
import { argMax } from './arg-max.ts';
import { arithmeticOperators } from './arithmetic.ts';
import { gemm, matMul } from './dense.ts';
import type { Operator } from './operator.ts';
import { shapeOperators } from './shape.ts';
import { softmax } from './softmax.ts';
import { treeEnsembleClassifier, treeEnsembleRegressor } from './tree-ensembles.ts';

/** By name; those of ai.onnx.ml with their domain in front. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['MatMul', matMul],
  ['Gemm', gemm],
  ['Softmax', softmax(false)],
  ['LogSoftmax', softmax(true)],
  ['ArgMax', argMax],
  ['ai.onnx.ml:TreeEnsembleRegressor', treeEnsembleRegressor],
  ['ai.onnx.ml:TreeEnsembleClassifier', treeEnsembleClassifier],
  ...Object.entries(arithmeticOperators),
  ...Object.entries(activationOperators),
  ...Object.entries(shapeOperators),
]);
