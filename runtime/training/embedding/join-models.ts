import type { OnnxModel, OnnxNode, OpsetImport } from '../../onnx-format/index.ts';
import { build, readOnnx, writeOnnx } from '../../onnx-format/index.ts';
import { errors } from '../errors.ts';

const AI_ONNX = '';
const ML = 'ai.onnx.ml';
/** The oldest ai.onnx from which everything that a model needs when it is asked is the same up to that of the head. */
const OLDEST = 13n;
/** Operators whose attributes became inputs, or the other way, after the ai.onnx that a head is written in. */
const CHANGED_LATER = /^(Reduce(?!Sum$)\w+|Split|Pad|Resize)$/;

/**
 * Two models as one: the output of the first is the input of the second. Names of the second are prefixed, so that none occurs
 * twice; those of its outputs stay where they can.
 *
 * @param front  an embedding
 * @param output of `front`: rows × numbers, or more dimensions, which are flattened
 * @param head   what was trained behind it
 * @param name   of the front, for errors
 * @throws EMBEDDING_UNFIT if the two are written in operator sets that do not go together
 */
export function joinModels(front: Uint8Array, output: string, head: Uint8Array, name: string): Uint8Array {
  const [first, second] = [readOnnx(front), readOnnx(head)];
  const opsets = joinOpsets(first, second, name);
  const [input] = second.graph.inputs;
  const outputs = new Set(second.graph.outputs.map((each) => each.name));
  const taken = namesOf(first);
  const clash = [...outputs].find((each) => taken.has(each));
  if (clash !== undefined) {
    throw errors.EMBEDDING_UNFIT({
      model: name,
      problem: `a value in it is called "${clash}", as an output of what is trained`,
    });
  }
  const renamed = (value: string): string => {
    if (value === '' || outputs.has(value)) return value;
    return `head_${value}`;
  };
  const nodes: OnnxNode[] = second.graph.nodes.map((node) => ({
    ...node,
    name: `head_${node.name}`,
    inputs: node.inputs.map(renamed),
    outputs: node.outputs.map(renamed),
  }));
  return writeOnnx({
    ...first,
    irVersion: Math.max(first.irVersion, second.irVersion),
    opsets,
    graph: {
      ...first.graph,
      nodes: [
        ...first.graph.nodes,
        build.node('Flatten', [output], [renamed(input?.name ?? '')], { axis: 1n }),
        ...nodes,
      ],
      initializers: [
        ...first.graph.initializers,
        ...second.graph.initializers.map((tensor) => ({ ...tensor, name: renamed(tensor.name) })),
      ],
      outputs: second.graph.outputs,
      values: first.graph.values,
    },
  });
}

function joinOpsets(first: OnnxModel, second: OnnxModel, model: string): readonly OpsetImport[] {
  const version = ({ opsets }: OnnxModel, domain: string) =>
    opsets.find((each) => each.domain === domain || (domain === AI_ONNX && each.domain === 'ai.onnx'))?.version;
  const [theirs = 0n, ours = 17n] = [version(first, AI_ONNX), version(second, AI_ONNX)];
  const bad = (problem: string) => errors.EMBEDDING_UNFIT({ model, problem });
  if (theirs < OLDEST) throw bad(`it is written in ai.onnx ${theirs}, and ${OLDEST} or newer is needed`);
  const changed = second.graph.nodes.find(({ op, domain }) => domain === AI_ONNX && CHANGED_LATER.test(op));
  if (theirs > ours && changed) throw bad(`it is written in ai.onnx ${theirs}, which has another "${changed.op}"`);
  const [theirTrees, ourTrees] = [version(first, ML), version(second, ML)];
  if (theirTrees !== undefined && ourTrees !== undefined && theirTrees > 3n) {
    throw bad(`it is written in ai.onnx.ml ${theirTrees}, and 3 or older is needed`);
  }
  const larger = (a: bigint | undefined, b: bigint | undefined) => ((a ?? 0n) > (b ?? 0n) ? a : b);
  const domains = new Set(
    [...first.opsets, ...second.opsets].map(({ domain }) => (domain === 'ai.onnx' ? '' : domain)),
  );
  return [...domains].map((domain) => ({
    domain,
    version: larger(version(first, domain), version(second, domain)) ?? 1n,
  }));
}

function namesOf({ graph }: OnnxModel): ReadonlySet<string> {
  return new Set([
    ...graph.nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
    ...graph.inputs.map(({ name }) => name),
    ...graph.initializers.map(({ name }) => name),
  ]);
}
