import { elementTypeName, type OnnxModel, type OnnxNode, type ValueInfo } from '../../onnx-format/index.ts';
import { type CompiledModel, NotCompilable } from './compiled-model.ts';
import { toConstant } from './graph/constant.ts';
import { createScope, newRows } from './graph/scope.ts';
import type { Step } from './graph/step.ts';
import type { Rows, RowType, Value } from './graph/value.ts';
import { operators } from './operators/operators.ts';
import { createPlan } from './plan/plan.ts';

/**
 * Turns a model of dense layers, linear parts, scalers and trees into a plan of loops over typed arrays. The answers are
 * those of ONNX Runtime: |difference| ≤ 1e-5 + 1e-5·|its answer|.
 *
 * @throws NotCompilable with the reason, if a part of the model is nothing that it knows
 */
export function compile(model: OnnxModel): CompiledModel {
  const { graph, opsets } = model;
  const values = new Map<string, Value>();
  for (const tensor of graph.initializers) values.set(tensor.name, toConstant(tensor));
  const inputs = graph.inputs.filter(({ name }) => !values.has(name)).map(toInput);
  const fixed = inputs[0]?.fixedRows;
  if (inputs.some(({ fixedRows }) => fixedRows !== fixed)) throw new NotCompilable('its inputs differ in their rows');
  for (const { name, rows } of inputs) values.set(name, rows);
  const versions = new Map(opsets.map(({ domain, version }) => [domain, Number(version)]));
  const nodes = neededNodes(graph.nodes, graph.outputs);
  const readers = countReaders(nodes, graph.outputs);
  const steps: Step[] = [];
  for (const node of nodes) {
    const operator = operators.get(
      node.domain === '' || node.domain === 'ai.onnx' ? node.op : `${node.domain}:${node.op}`,
    );
    if (!operator) throw new NotCompilable(`no compiled form of ${[node.domain, node.op].filter(Boolean).join('.')}`);
    const opset = versions.get(node.domain) ?? 1;
    operator(createScope({ node, opset, fixedRows: fixed, values, readers, steps }));
  }
  const outputs = graph.outputs.map(({ name }) => ({ name, rows: toOutput(name, values.get(name)) }));
  return createPlan({ inputs, outputs, steps });
}

const ROW_TYPES: ReadonlySet<string> = new Set(['float32', 'float64', 'int64', 'int32', 'bool']);

function toInput({ name, type }: ValueInfo): { name: string; rows: Rows; fixedRows: number | undefined } {
  if (!type?.tensor) throw new NotCompilable(`the input "${name}" is no tensor`);
  const element = elementTypeName(type.tensor.elementType);
  if (!ROW_TYPES.has(element)) throw new NotCompilable(`the input "${name}" is of the type ${element}`);
  const [first, ...rest] = type.tensor.shape?.dimensions ?? [];
  if (!first) throw new NotCompilable(`the input "${name}" has no rows`);
  const dims = rest.map(({ value }) => {
    if (value === undefined || value < 1) throw new NotCompilable(`the sizes of the input "${name}" are not all known`);
    return value;
  });
  return { name, rows: newRows(element as RowType, dims, undefined), fixedRows: first.value };
}

function toOutput(name: string, value: Value | undefined): Rows {
  if (value?.kind === 'rows' && value.across !== true) return value;
  throw new NotCompilable(`the output "${name}" does not depend on the input`);
}

/** Those that an output depends on, in their order. */
function neededNodes(nodes: readonly OnnxNode[], outputs: readonly ValueInfo[]): OnnxNode[] {
  const wanted = new Set(outputs.map(({ name }) => name));
  const needed = nodes.toReversed().filter((node) => {
    if (!node.outputs.some((name) => wanted.has(name))) return false;
    node.inputs.forEach((name) => wanted.add(name));
    return true;
  });
  return needed.reverse();
}

function countReaders(nodes: readonly OnnxNode[], outputs: readonly ValueInfo[]): Map<string, number> {
  const readers = new Map<string, number>();
  for (const name of [...nodes.flatMap(({ inputs }) => inputs), ...outputs.map((each) => each.name)]) {
    readers.set(name, (readers.get(name) ?? 0) + 1);
  }
  return readers;
}
