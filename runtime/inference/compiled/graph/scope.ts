import type { OnnxNode } from '../../../onnx-format/index.ts';
import { NotCompilable } from '../compiled-model.ts';
import { type Attributes, attributesOf } from './attributes.ts';
import type { Step } from './step.ts';
import { type Constant, newSlot, type Rows, type RowType, sizeOf, type Value } from './value.ts';

/** What an operator sees of the graph while one node is compiled. */
export interface Scope {
  readonly node: OnnxNode;
  readonly attributes: Attributes;
  /** Version of the node's operator set. */
  readonly opset: number;
  /** Rows where the model fixes them: then a constant may name that number, too. */
  readonly fixedRows: number | undefined;
  value(index: number): Value;
  /** @throws NotCompilable if it is a constant */
  rows(index: number): Rows;
  /** @throws NotCompilable if it depends on the rows */
  constant(index: number): Constant;
  /** Undefined: an optional input that was left out. */
  maybe(index: number): Value | undefined;
  /** Only this node reads the value, and it is no output: its step may be changed. */
  alone(index: number): boolean;
  give(value: Value, output?: number): void;
  /** Nothing reads this output of the node. */
  unread(output: number): boolean;
  emit(step: Step): void;
  /** @throws NotCompilable always */
  refuse(why: string): never;
}

/** A new value, written by a step that is yet to be emitted. */
export function newRows(type: RowType, dims: readonly number[], from: Step | undefined): Rows {
  return { kind: 'rows', type, dims, slot: newSlot(type, sizeOf(dims), from) };
}

export interface ScopeOptions {
  readonly node: OnnxNode;
  readonly opset: number;
  readonly fixedRows: number | undefined;
  readonly values: Map<string, Value>;
  /** How many nodes and outputs of the graph read a value. */
  readonly readers: ReadonlyMap<string, number>;
  readonly steps: Step[];
}

export function createScope({ node, opset, fixedRows, values, readers, steps }: ScopeOptions): Scope {
  const refuse = (why: string): never => {
    throw new NotCompilable(`${node.op} "${node.name}": ${why}`);
  };
  const maybe = (index: number): Value | undefined => {
    const name = node.inputs[index];
    if (name === undefined || name === '') return undefined;
    return values.get(name) ?? refuse(`there is no value "${name}"`);
  };
  const value = (index: number): Value => maybe(index) ?? refuse(`input ${index} is missing`);
  const alone = (index: number): boolean => {
    const found = maybe(index);
    return found?.kind === 'rows' && !found.slot.shared && readers.get(node.inputs[index] ?? '') === 1;
  };
  return {
    node,
    attributes: attributesOf(node),
    opset,
    fixedRows,
    value,
    maybe,
    refuse,
    rows(index) {
      const found = value(index);
      if (found.kind === 'constant') return refuse(`its input ${index} is a constant`);
      return found.across === true ? refuse(`its input ${index} has its rows side by side`) : found;
    },
    constant(index) {
      const found = value(index);
      return found.kind === 'constant' ? found : refuse(`its input ${index} is computed, not a constant`);
    },
    alone,
    give(given, output = 0) {
      const name = node.outputs[output];
      if (given.kind === 'rows' && node.inputs.some((_, index) => sameSlot(given, maybe(index)) && !alone(index))) {
        given.slot.shared = true;
      }
      if (name !== undefined && name !== '') values.set(name, given);
    },
    unread: (output) => (readers.get(node.outputs[output] ?? '') ?? 0) === 0,
    emit: (step) => void steps.push(step),
  };
}

const sameSlot = (given: Rows, other: Value | undefined) => other?.kind === 'rows' && other.slot === given.slot;
