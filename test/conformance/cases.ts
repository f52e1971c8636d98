/**
 * ONNX's own test cases, as Debian's package libonnx-testdata has them: a model, inputs, and the outputs that the
 * standard's reference gives.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlainTensor, Tensors } from '../../runtime/inference/tiers/tier.ts';
import { elementTypeName, isSupportedElementType, readTensor, tensorValues } from '../../runtime/onnx-format/index.ts';

const DIRECTORY = '/usr/share/libonnx-testdata/data';

/** Every group that brings its models along. */
const GROUPS = ['node', 'simple', 'pytorch-converted', 'pytorch-operator'] as const;

export const hasCases = existsSync(join(DIRECTORY, 'node'));

/** `node/test_abs` … */
export function caseNames(): string[] {
  return GROUPS.flatMap((group) =>
    readdirSync(join(DIRECTORY, group))
      .filter((name) => existsSync(join(DIRECTORY, group, name, 'model.onnx')))
      .sort()
      .map((name) => `${group}/${name}`),
  );
}

export const modelBytes = (name: string): Uint8Array => readFileSync(join(DIRECTORY, name, 'model.onnx'));

/** A value of a case that no tensor of JavaScript can hold: a sequence, a map, bfloat16. */
export class NoTensor extends Error {}

export interface CaseValues {
  /** In the order of the model's inputs. */
  readonly inputs: readonly PlainTensor[];
  readonly outputs: readonly PlainTensor[];
}

/**
 * The sets of inputs with expected outputs of one case.
 *
 * @throws {NoTensor}
 */
export function caseValues(name: string): CaseValues[] {
  const sets = readdirSync(join(DIRECTORY, name)).filter((entry) => entry.startsWith('test_data_set_'));
  return sets.map((set) => ({
    inputs: values(join(DIRECTORY, name, set), 'input'),
    outputs: values(join(DIRECTORY, name, set), 'output'),
  }));
}

function values(directory: string, role: 'input' | 'output'): PlainTensor[] {
  const count = readdirSync(directory).filter((file) => file.startsWith(`${role}_`)).length;
  return Array.from({ length: count }, (_, index) => plain(readFileSync(join(directory, `${role}_${index}.pb`))));
}

function plain(bytes: Uint8Array): PlainTensor {
  const tensor = readTensor(bytes);
  const type = elementTypeName(tensor.type);
  if (!isSupportedElementType(tensor.type)) throw new NoTensor(`the type ${type}`);
  return { type, dims: tensor.dims, data: tensorValues(tensor) };
}

/** The inputs of a case by the names that a session gives them; a trailing optional one may be left out. */
export const feedsOf = (names: readonly string[], { inputs }: CaseValues): Tensors =>
  Object.fromEntries(inputs.flatMap((tensor, index) => (names[index] === undefined ? [] : [[names[index], tensor]])));
