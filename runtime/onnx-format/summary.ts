import { domainName } from './check-operators.ts';
import type { OnnxModel, ValueInfo } from './model.ts';
import { type TensorShape, tensorShape } from './tensor-shape.ts';
import { allGraphs, allNodes } from './walk.ts';

/** What a person wants to know of a model file, as plain data. */
export interface ModelSummary {
  /** Who wrote the file: `skl2onnx 1.17`; `''` if it does not say. */
  readonly producer: string;
  /** `ai.onnx 17, ai.onnx.ml 3` */
  readonly opsets: string;
  readonly description: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Those that must be fed: inputs that have a default in the file are left out. */
  readonly inputs: readonly NamedShape[];
  readonly outputs: readonly NamedShape[];
  /** Numbers that were learnt: in weights, and in the attributes of trees and linear models. */
  readonly parameters: number;
  /** How often each operator occurs, also inside branches and loops; of ai.onnx without the domain. */
  readonly operators: Readonly<Record<string, number>>;
}

export interface NamedShape extends TensorShape {
  readonly name: string;
  /** `tensor`, or what else it is. */
  readonly kind: 'tensor' | 'sequence' | 'map' | 'optional' | 'sparse';
}

/** A model in figures and names. */
export function summary(model: OnnxModel): ModelSummary {
  const { graph, producerName, producerVersion } = model;
  const defaults = new Set(graph.initializers.map(({ name }) => name));
  return {
    producer: `${producerName} ${producerVersion}`.trim(),
    opsets: model.opsets.map(({ domain, version }) => `${domainName(domain)} ${version}`).join(', '),
    description: model.description || graph.description,
    metadata: Object.fromEntries(model.metadata.map(({ key, value }) => [key, value])),
    inputs: graph.inputs.filter(({ name }) => !defaults.has(name)).map(named),
    outputs: graph.outputs.map(named),
    parameters: parameters(model),
    operators: operators(model),
  };
}

function named(value: ValueInfo): NamedShape {
  const { name, type } = value;
  const kind = (['sequence', 'map', 'optional', 'sparse'] as const).find((each) => type?.[each]) ?? 'tensor';
  return { name, kind, ...(tensorShape(value) ?? { type: kind }) };
}

function parameters(model: OnnxModel): number {
  let count = 0;
  for (const { initializers } of allGraphs(model)) {
    for (const { dims } of initializers) count += dims.reduce((product, size) => product * size, 1);
  }
  for (const { domain, attributes } of allNodes(model)) {
    if (domain !== 'ai.onnx.ml') continue;
    for (const { floats, t } of attributes) {
      count += floats.length + (t ? t.dims.reduce((product, size) => product * size, 1) : 0);
    }
  }
  return count;
}

function operators(model: OnnxModel): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { domain, op } of allNodes(model)) {
    const name = domain === '' || domain === 'ai.onnx' ? op : `${domain}.${op}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}
