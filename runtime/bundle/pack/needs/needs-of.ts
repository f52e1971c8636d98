import type { ModelPackage } from '../../../models/package/index.ts';
import type { BundleModel, BundleNeeds, BundleNodePackage, FlowNode } from '../../types.ts';
import { activeNodes, textOf } from '../nodes.ts';
import type { PackOptions } from '../options.ts';
import { boardsOf } from './boards.ts';
import { brokerPortsOf, portsOf } from './ports.ts';
import { rateInto } from './rates.ts';

export interface NeedsParts {
  readonly models: readonly BundleModel[];
  readonly modelPackages: readonly ModelPackage[];
  readonly compiles: PackOptions['compiles'];
  readonly packages: readonly BundleNodePackage[];
  readonly allowed: readonly string[];
  readonly diskBytes: number;
}

/** What a device must have to run a flow. */
export async function needsOf(flow: readonly FlowNode[], parts: NeedsParts): Promise<BundleNeeds> {
  const { models, modelPackages, packages, allowed, diskBytes } = parts;
  const boards = boardsOf(flow);
  const rates = ratesOf(flow, models);
  const held = await Promise.all(
    modelPackages.map(async (pkg) => {
      const compiled = (await parts.compiles?.(pkg)) ?? false;
      const rate = rates.get(pkg.digest);
      const { name } = pkg.manifest;
      return { name, digest: pkg.digest, bytes: pkg.onnx.byteLength, compiled, ...(rate !== undefined && { rate }) };
    }),
  );
  const nativeLibraries = [
    ...(held.some(({ compiled }) => !compiled) ? ['onnxruntime-node'] : []),
    ...(boards.some(({ kind }) => kind === 'serial') ? ['serialport'] : []),
    ...packages.filter(({ native }) => native).map(({ name }) => name),
  ];
  return {
    nodeTypes: [...new Set(activeNodes(flow).map(({ type }) => type))].filter(isNodeType).sort(),
    models: held.sort((a, b) => (`${a.name} ${a.digest}` < `${b.name} ${b.digest}` ? -1 : 1)),
    nativeLibraries: [...new Set(nativeLibraries)].sort(),
    diskBytes,
    boards,
    ports: portsOf(flow),
    brokerPorts: brokerPortsOf(flow),
    allowed,
  };
}

/** What stands in a flow and is no node that runs. */
const isNodeType = (type: string) => !/^(tab|subflow|group|junction|comment|global-config|subflow:.*)$/.test(type);

/** Inferences a second of each model, by digest, of all nodes that ask it. */
function ratesOf(flow: readonly FlowNode[], models: readonly BundleModel[]): ReadonlyMap<string, number> {
  const nodes = activeNodes(flow);
  const rateOf = rateInto(flow);
  const rates = new Map<string, number | undefined>();
  for (const node of nodes.filter(({ type }) => type === 'infer')) {
    for (const property of ['model', 'candidate']) {
      const chosen = nodes.find(({ id, type }) => type === 'model' && id === textOf(node, property));
      if (!chosen && property === 'candidate') continue;
      const reference = chosen ? textOf(chosen, 'model') : '';
      const digest = models.find(({ references }) => references.includes(reference))?.digest;
      if (digest === undefined) continue;
      const rate = rateOf(node);
      const before = rates.has(digest) ? rates.get(digest) : 0;
      rates.set(digest, rate === undefined || before === undefined ? undefined : before + rate);
    }
  }
  return new Map([...rates].flatMap(([digest, rate]) => (rate === undefined ? [] : [[digest, rate]])));
}
