import type { OnnxGraph } from '../../../onnx-format/index.ts';
import type { ModelOutput, Task } from '../../package/index.ts';
import { attributeOf, makerOf, type TensorPlace, textOf } from '../graph-walk.ts';

export interface ProposedTask {
  readonly task: Task;
  /** Why, in plain words. */
  readonly because: string;
  readonly outputs: readonly ModelOutput[];
  /** How many labels the scores are of, where that is known. */
  readonly classes?: number;
  readonly warnings: readonly string[];
}

/** An output, with what the operator that makes it says of it. */
export interface Out extends TensorPlace {
  readonly op: string;
  /** `LOGISTIC`, `SOFTMAX`, `NONE`: what an operator of ai.onnx.ml does last. */
  readonly post: string;
  /** Values a row, where that is known. */
  readonly width: number | undefined;
}

const INTEGERS = new Set(['int64', 'int32', 'int8', 'uint8', 'bool']);

/** One at the most, as far as one knows. */
export const isSingle = ({ width }: Out) => width === undefined || width === 1;
export const isWhole = ({ type }: Out) => INTEGERS.has(type);
export const isNumeric = ({ type }: Out) => type.startsWith('float');

export function outputFacts(graph: OnnxGraph, place: TensorPlace): Out {
  const maker = makerOf(graph, place.name);
  const { op = '' } = maker ?? {};
  const post = maker ? textOf(maker, 'post_transform') : '';
  const targets =
    maker && op.endsWith('Regressor')
      ? attributeOf(maker, op === 'LinearRegressor' ? 'targets' : 'n_targets')
      : undefined;
  return {
    ...place,
    op,
    post,
    width: widthOf(place) ?? (op.endsWith('Regressor') ? Number(targets?.i ?? 1n) : undefined),
  };
}

/** A single dimension counts rows where it is free or 1. */
function widthOf({ shape }: TensorPlace): number | undefined {
  const last = shape?.at(-1);
  if (!shape || shape.length > 2) return undefined;
  if (shape.length < 2) return typeof last === 'number' ? last : 1;
  return typeof last === 'number' ? last : undefined;
}

export const withRole = (
  { name, type, shape }: Out,
  role: ModelOutput['role'],
  activation?: 'softmax' | 'sigmoid',
): ModelOutput => ({ name, type, shape: shape ?? [], role, ...(activation && { activation }) });

/** Every output, those that have no role as `other`. */
export const withRoles = (outs: readonly Out[], of: ReadonlyMap<Out, ModelOutput>): ModelOutput[] =>
  outs.map((out) => of.get(out) ?? withRole(out, 'other'));
