/** Hand-made models whose answers can be computed by hand, and packages of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ModelPackage, type PackageParts, writePackage } from '../../../runtime/models/package/index.ts';
import { build, writeOnnx } from '../../../runtime/onnx-format/index.ts';

export const WEIGHTS = [1, -1, 0.5, 0, 0, 2];
export const BIAS = [0, 0.25];

/** softmax(x · W + b): three features, two labels. */
export function softmaxOnnx(): Uint8Array {
  return writeOnnx(
    build.model({
      name: 'tiny',
      nodes: [
        build.node('MatMul', ['features', 'W'], ['product']),
        build.node('Add', ['product', 'b'], ['logits']),
        build.node('Softmax', ['logits'], ['scores'], { axis: -1n }),
        build.node('ArgMax', ['scores'], ['label'], { axis: -1n, keepdims: 0n }),
      ],
      initializers: [build.floatTensor('W', [3, 2], WEIGHTS), build.floatTensor('b', [2], BIAS)],
      inputs: [build.value('features', 'float32', ['rows', 3])],
      outputs: [build.value('label', 'int64', ['rows']), build.value('scores', 'float32', ['rows', 2])],
    }),
  );
}

/** The scores that `softmaxOnnx` must give. */
export function softmaxScores(features: readonly number[]): [number, number] {
  const logit = (label: number) =>
    features.reduce((sum, value, i) => sum + value * (WEIGHTS[i * 2 + label] ?? 0), BIAS[label] ?? 0);
  const well = 1 / (1 + Math.exp(logit(1) - logit(0)));
  return [well, 1 - well];
}

export const tinyManifest: PackageParts['manifest'] = {
  name: 'tiny',
  version: '1.0.0',
  task: 'classification',
  inputs: [{ name: 'features', type: 'float32', shape: ['rows', 3], features: ['mean', 'rms', 'peak'] }],
  outputs: [
    { name: 'label', type: 'int64', shape: ['rows'], role: 'label' },
    { name: 'scores', type: 'float32', shape: ['rows', 2], role: 'scores' },
  ],
  labels: ['well', 'worn'],
  vectors: [
    {
      inputs: { features: { shape: [1, 3], data: [1, 2, 0.5] } },
      outputs: { label: { shape: [1], data: [0] }, scores: { shape: [1, 2], data: [0.851953, 0.148047] } },
      tolerance: 1e-5,
    },
  ],
};

/**
 * A model that takes tens of milliseconds, for a package that promises nothing.
 *
 * @param depth of how many layers
 */
export function slowModel(depth = 200): [change: Partial<PackageParts['manifest']>, onnx: Uint8Array] {
  const size = 512;
  const weights = Float32Array.from({ length: size * size }, (_, i) => Math.sin(i) / size);
  const layers = Array.from({ length: depth }, (_, i) => build.node('MatMul', [`h${i}`, 'W'], [`h${i + 1}`]));
  const onnx = writeOnnx(
    build.model({
      name: 'slow',
      nodes: [
        build.node('MatMul', ['features', 'up'], ['h0']),
        ...layers,
        build.node('MatMul', [`h${depth}`, 'down'], ['scores']),
      ],
      initializers: [
        build.floatTensor('up', [3, size], weights.subarray(0, 3 * size)),
        build.floatTensor('W', [size, size], weights),
        build.floatTensor('down', [size, 2], weights.subarray(0, 2 * size)),
      ],
      inputs: [build.value('features', 'float32', ['rows', 3])],
      outputs: [build.value('scores', 'float32', ['rows', 2])],
    }),
  );
  const outputs = [{ name: 'scores', type: 'float32', shape: ['rows', 2], role: 'scores' as const }];
  return [{ name: 'slow', outputs, vectors: [] }, onnx];
}

export interface Packages {
  readonly directory: string;
  /** Writes a package of the tiny model, changed as asked. */
  write(change?: Partial<PackageParts['manifest']>, onnx?: Uint8Array, folder?: string): Promise<ModelPackage>;
  remove(): Promise<void>;
}

export async function temporaryPackages(): Promise<Packages> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  return {
    directory,
    write: (change = {}, onnx = softmaxOnnx(), folder = change.name ?? 'tiny') =>
      writePackage(join(directory, folder), { manifest: { ...tinyManifest, ...change }, onnx }),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
