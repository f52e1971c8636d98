import { activationOperators } from './activations.ts';
import { argMax } from './arg-max.ts';
import { arithmeticOperators } from './arithmetic.ts';
import { cast } from './cast.ts';
import { binarizer, imputer, normalizer } from './cleaning.ts';
import { arrayFeatureExtractor, concat, featureVectorizer, gather } from './columns.ts';
import { gemm, matMul } from './dense.ts';
import { linearClassifier, linearRegressor } from './linear.ts';
import type { Operator } from './operator.ts';
import { batchNormalization, scaler } from './scaling.ts';
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
  ['Cast', cast],
  ['Concat', concat],
  ['Gather', gather],
  ['BatchNormalization', batchNormalization],
  ['ai.onnx.ml:Scaler', scaler],
  ['ai.onnx.ml:Normalizer', normalizer],
  ['ai.onnx.ml:Imputer', imputer],
  ['ai.onnx.ml:Binarizer', binarizer],
  ['ai.onnx.ml:FeatureVectorizer', featureVectorizer],
  ['ai.onnx.ml:ArrayFeatureExtractor', arrayFeatureExtractor],
  ['ai.onnx.ml:LinearRegressor', linearRegressor],
  ['ai.onnx.ml:LinearClassifier', linearClassifier],
  ['ai.onnx.ml:TreeEnsembleRegressor', treeEnsembleRegressor],
  ['ai.onnx.ml:TreeEnsembleClassifier', treeEnsembleClassifier],
  ...Object.entries(arithmeticOperators),
  ...Object.entries(activationOperators),
  ...Object.entries(shapeOperators),
]);
