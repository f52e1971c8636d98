import { elementTypeName, isSupportedElementType } from './element-types.ts';
import { errors } from './errors.ts';
import type { OnnxGraph, OnnxModel, OnnxType, ValueInfo } from './model.ts';
import { allGraphs, allNodes, allTensors } from './walk.ts';

/**
 * Refuses models that take or give, also in subgraphs, values of an element type that ONNX Runtime's binding cannot
 * hold: int4 and uint4 end the process, which nothing can catch.
 *
 * @throws ONNX_TYPE_UNSUPPORTED, ONNX_TYPE_UNDECLARED
 */
export function checkTypes(model: OnnxModel): void {
  for (const { inputs, outputs } of allGraphs(model)) {
    for (const input of inputs) check('input', input.name, elementTypes(input.type));
    for (const output of outputs) check('output', output.name, elementTypes(output.type));
  }
  checkConstantOutputs(model.graph);
  checkUndeclared(model);
}

function check(role: string, name: string, types: readonly number[]): void {
  // 0: the type is left to ONNX Runtime's inference.
  const unsupported = types.find((number) => number !== 0 && !isSupportedElementType(number));
  if (unsupported === undefined) return;
  throw errors.ONNX_TYPE_UNSUPPORTED({ role, name, type: elementTypeName(unsupported) });
}

/** A constant that is an output has its own type, whatever the output declares: ONNX Runtime does not compare them. */
function checkConstantOutputs({ initializers, outputs }: OnnxGraph): void {
  const given = new Set(outputs.map(({ name }) => name));
  for (const { name, type } of initializers) if (given.has(name)) check('output', name, [type]);
}

/**
 * An output without a type gets the one that ONNX Runtime infers. Where nothing in the model is of an unsupported type,
 * and nothing makes values of one, that cannot be one either.
 */
function checkUndeclared(model: OnnxModel): void {
  const undeclared = model.graph.outputs.find(({ type }) => !elementTypes(type).some((number) => number !== 0));
  if (undeclared === undefined) return;
  const inside = mentionedTypes(model).find((number) => number !== 0 && !isSupportedElementType(number));
  if (inside === undefined) return;
  throw errors.ONNX_TYPE_UNDECLARED({ name: undeclared.name, type: elementTypeName(inside) });
}

/** Attributes that name the type of what a node makes: of Cast, of QuantizeLinear and of generators. */
const TYPE_ATTRIBUTES: ReadonlySet<string> = new Set(['to', 'dtype', 'output_dtype']);

function mentionedTypes(model: OnnxModel): number[] {
  const values = [...allGraphs(model)].flatMap(({ inputs, outputs, values: inner }) => [
    ...inputs,
    ...outputs,
    ...inner,
  ]);
  // A function's node may take its type from an attribute of any name at the call.
  const anyName = model.functions.length > 0;
  const attributes = [...allNodes(model)].flatMap((node) => node.attributes);
  return [
    ...[...allTensors(model)].map(({ type }) => type),
    ...values.flatMap((each: ValueInfo) => elementTypes(each.type)),
    ...attributes.flatMap(({ name, type, i }) =>
      type === INT && (anyName || TYPE_ATTRIBUTES.has(name)) ? [Number(i)] : [],
    ),
  ].filter(isKnown);
}

/** AttributeProto.AttributeType. */
const INT = 2;

/** Other whole numbers are no types. */
const isKnown = (number: number) => elementTypeName(number) !== `type ${number}`;

function elementTypes(type: OnnxType | undefined): number[] {
  if (!type) return [];
  const { tensor, sparse, sequence, map, optional } = type;
  return [
    ...[tensor, sparse].flatMap((each) => (each ? [each.elementType] : [])),
    ...elementTypes(sequence?.element),
    ...elementTypes(map?.value),
    ...elementTypes(optional?.element),
  ];
}
