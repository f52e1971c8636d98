/** Whatever an exporter writes is imported and predicts with no setting touched. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createInference, type Inference } from '../../../../runtime/inference/index.ts';
import { createImporter, type Importer } from '../../../../runtime/models/import/index.ts';
import { openRegistry, type Registry } from '../../../../runtime/models/registry/index.ts';
import type { OnnxModel } from '../../../../runtime/onnx-format/index.ts';
import * as samples from './sample-models.ts';

let directory: string;
let inference: Inference;
let registry: Registry;
let importer: Importer;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-test-'));
  inference = createInference({ clock: systemClock });
  registry = openRegistry({ layers: [], directory });
  importer = createImporter({ inference, registry });
});
afterAll(async () => {
  await Promise.all([inference.close(), registry.close()]);
  await rm(directory, { recursive: true, force: true });
});

/** Imports the model, and asks the version that was stored. */
async function imported(model: OnnxModel, fileName: string, input: unknown) {
  const onnx = samples.bytesOf(model);
  const { proposal } = await importer.inspect(onnx, { fileName });
  expect(proposal.sample.problem).toBeUndefined();
  expect(proposal.sample.prediction).toBeDefined();
  await importer.add(onnx, { fileName });
  const pkg = await registry.resolve(proposal.name);
  expect(pkg.manifest.vectors).toHaveLength(3);
  const predictor = await inference.open(pkg);
  const prediction = await predictor.predict(input).finally(() => predictor.close());
  return { proposal, prediction: prediction as { readonly payload: unknown } };
}

const near = (value: number) => expect.closeTo(value, 4) as number;

describe('a model file is imported and predicts with no setting touched', () => {
  it('of a classifier with ZipMap and labels that are texts', async () => {
    const model = samples.forestWithZipMap(['worn', 'well', 'unknown']);
    const { proposal, prediction } = await imported(model, 'texts.onnx', [2, 0, 0]);
    expect(proposal).toMatchObject({ task: 'classification', labels: ['worn', 'well', 'unknown'] });
    expect(prediction.payload).toEqual({
      label: 'well',
      confidence: near(0.75),
      scores: { worn: near(0.125), well: near(0.75), unknown: near(0.125) },
    });
  });

  it('of a classifier with ZipMap and labels that are whole numbers', async () => {
    const { proposal, prediction } = await imported(samples.forestWithZipMap([3n, 7n, 9n]), 'numbers.onnx', {
      f2: 0,
      f1: 0,
      f0: 1,
    });
    expect(proposal).toMatchObject({ task: 'classification', labels: ['3', '7', '9'] });
    expect(prediction.payload).toMatchObject({ label: '3', confidence: near(0.75) });
  });

  it('of a pipeline with a scaler', async () => {
    const { proposal, prediction } = await imported(samples.scaledLogistic(), 'pipeline.onnx', { f0: 14, f1: 300 });
    expect(proposal).toMatchObject({ task: 'classification', labels: ['cold', 'hot'] });
    expect(prediction.payload).toMatchObject({ label: 'hot' });
  });

  it('of a regressor', async () => {
    const { proposal, prediction } = await imported(samples.regressor(), 'regressor.onnx', [10, 100]);
    expect(proposal).toMatchObject({ task: 'regression' });
    expect(prediction.payload).toEqual({ value: near(321) });
  });

  it('of a classifier of two labels that gives one score', async () => {
    const { proposal, prediction } = await imported(samples.binaryNet(), 'binary.onnx', [3, 1]);
    expect(proposal).toMatchObject({ task: 'classification', labels: ['class 0', 'class 1'] });
    expect(proposal.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(prediction.payload).toMatchObject({ label: 'class 1', confidence: near(1 / (1 + Math.exp(-2))) });
  });

  it('of a convolution over a window', async () => {
    const window = { channels: ['x', 'y'], rate: 10, start: 0, data: new Float32Array(32).fill(1), shape: [16, 2] };
    const { proposal, prediction } = await imported(samples.convolution(), 'convolution.onnx', window);
    expect(proposal).toMatchObject({
      task: 'classification',
      inputs: [{ kind: 'window', window: { layout: 'channels-samples' } }],
    });
    expect(prediction.payload).toMatchObject({ label: expect.stringMatching(/^class \d$/) as string });
  });

  it('of several inputs', async () => {
    const { proposal, prediction } = await imported(samples.columns(), 'columns.onnx', { pressure: 4, temperature: 2 });
    expect(proposal).toMatchObject({ task: 'regression' });
    expect(prediction.payload).toEqual({ value: near(24) });
  });

  it('of several outputs', async () => {
    const { proposal, prediction } = await imported(samples.twoOutputs(), 'several.onnx', [5, 3]);
    expect(proposal).toMatchObject({ task: 'multi-output' });
    expect(prediction.payload).toEqual({ outputs: { sum: near(8), difference: near(2) } });
  });

  it('of text', async () => {
    const { proposal, prediction } = await imported(samples.fromText(), 'text.onnx', 'blue');
    expect(proposal).toMatchObject({ task: 'regression', inputs: [{ kind: 'text' }] });
    expect(prediction.payload).toEqual({ value: near(-1) });
  });

  it('of 16-bit floats', async () => {
    const { proposal, prediction } = await imported(samples.halves(), 'halves.onnx', [1, 2, 3.5]);
    expect(proposal).toMatchObject({ task: 'regression', inputs: [{ type: 'float16' }] });
    expect(prediction.payload).toEqual({ value: near(13) });
  });

  it('of a detector of anomalies', async () => {
    const { proposal, prediction } = await imported(samples.detector(), 'detector.onnx', [2, 2]);
    expect(proposal).toMatchObject({ task: 'anomaly' });
    expect(prediction.payload).toEqual({ score: near(-3), anomalous: true });
  });

  it('of a picture', async () => {
    const red = { data: [...new Array<number>(64).fill(1), ...new Array<number>(128).fill(0)], shape: [1, 3, 8, 8] };
    const model = samples.picture({ names: "{0: 'red', 1: 'green', 2: 'blue'}" });
    const { proposal, prediction } = await imported(model, 'picture.onnx', red);
    expect(proposal).toMatchObject({
      task: 'classification',
      inputs: [{ kind: 'image', image: { width: 8, height: 8 } }],
    });
    expect(prediction.payload).toMatchObject({ label: 'red' });
  });
});
