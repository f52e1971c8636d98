/** What Millrace says of a model file, and what a user may say against it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createInference, type Inference } from '../../../../runtime/inference/index.ts';
import type { ImportChoices, ModelProposal } from '../../../../runtime/messages/index.ts';
import { createImporter, type Importer, modelCard } from '../../../../runtime/models/import/index.ts';
import { openRegistry, type Registry, toModelVersion } from '../../../../runtime/models/registry/index.ts';
import { type OnnxModel, writeOnnx } from '../../../../runtime/onnx-format/index.ts';
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

const proposed = async (
  model: OnnxModel,
  choices: ImportChoices = {},
  fileName = 'sample.onnx',
): Promise<ModelProposal> => (await importer.inspect(samples.bytesOf(model), { fileName }, choices)).proposal;

describe('a proposal', () => {
  it.each([
    ['C:\\models\\Pump Health (2).onnx', 'pump-health-2'],
    ['/tmp/bearing.ONNX', 'bearing'],
    ['泵.onnx', 'model'],
  ])('names what is in %s after its file', async (fileName, name) => {
    expect(await proposed(samples.regressor(), {}, fileName)).toMatchObject({ name, version: '1.0.0' });
  });

  it('says in plain words what goes in and comes out, who made it, and how it was tried', async () => {
    const proposal = await proposed(samples.scaledLogistic());
    expect(proposal).toMatchObject({
      because: expect.stringContaining('classifier') as string,
      inputs: [{ words: '2 numbers', features: ['f0', 'f1'] }],
      outputs: [{ words: 'the label' }, { words: 'a score for each label' }],
      producer: 'millrace',
      opsets: 'ai.onnx 17, ai.onnx.ml 3',
      operators: expect.objectContaining({ 'ai.onnx.ml.Scaler': 1 }) as object,
      tier: expect.any(String) as string,
      why: expect.any(String) as string,
      microseconds: expect.any(Number) as number,
    });
    // Around the mean that its scaler knows, not around 0.
    const { f0, f1 } = proposal.sample.input as { f0: number; f1: number };
    expect(f0).toBeGreaterThan(2);
    expect(f1).toBeGreaterThan(0);
  });

  it.each([
    ['JSON', '["well", "worn", "hot"]'],
    ["Python's dict, as Ultralytics writes it", "{0: 'well', 1: \"worn\", 2: 'hot'}"],
    ["Python's list", "['well', 'worn', 'hot',]"],
    ['commas', 'well, worn, hot'],
    ['an object by label', '{"worn": 1, "hot": 2, "well": 0}'],
  ])('finds labels in metadata as %s', async (_, names) => {
    const proposal = await proposed(samples.logits({ names }));
    expect(proposal).toMatchObject({ task: 'classification', labels: ['well', 'worn', 'hot'] });
    // Nothing squashes them: what is done about it is said.
    expect(proposal.outputs[0]?.activation).toBe('softmax');
    expect(proposal.warnings.join()).toContain('softmax is applied');
  });

  it('does not take values for scores that nothing says are scores', async () => {
    expect(await proposed(samples.logits())).toMatchObject({ task: 'multi-output', outputs: [{ role: 'other' }] });
    expect(await proposed(samples.logits(), { task: 'classification' })).toMatchObject({
      task: 'classification',
      labels: ['class 0', 'class 1', 'class 2'],
    });
  });

  it('takes a label without scores for a classification, where the file names the labels', async () => {
    const { graph, ...rest } = samples.detector();
    const alone = { ...graph, outputs: graph.outputs.slice(0, 1) };
    const metadata = [{ key: 'classes', value: 'low, middle, high' }];
    expect(await proposed({ ...rest, graph: alone, metadata })).toMatchObject({
      task: 'classification',
      outputs: [{ role: 'label' }],
      labels: ['low', 'middle', 'high'],
    });
    expect(await proposed({ ...rest, graph: alone })).toMatchObject({ task: 'multi-output' });
  });

  it("names features as the file's metadata does", async () => {
    const proposal = await proposed(samples.regressor({ feature_names: '["flow", "pressure"]' }));
    expect(proposal.inputs[0]?.features).toEqual(['flow', 'pressure']);
  });

  it('says how a picture is scaled, and asks to check what it guesses', async () => {
    const guessed = await proposed(samples.picture());
    expect(guessed.inputs[0]?.image).toMatchObject({ colours: 'rgb', layout: 'channels-first', scale: [1 / 255] });
    expect(guessed.warnings.join()).toContain('Check it');
    const said = await proposed(samples.picture({ mean: '[0.5, 0.5, 0.5]', std: '[0.25, 0.25, 0.25]' }));
    expect(said.inputs[0]?.image).toMatchObject({ mean: [127.5, 127.5, 127.5], scale: [4 / 255, 4 / 255, 4 / 255] });
  });

  it('tells what went wrong when it was tried, and does not fail', async () => {
    const { sample, tier } = await proposed(samples.regressor(), { sample: { f0: 1 } });
    expect(sample.problem).toMatchObject({ code: 'MODEL_INPUT_MISMATCH', hint: expect.any(String) as string });
    expect(sample.prediction).toBeUndefined();
    expect(tier).toBeUndefined();
  });

  it('is the same version when the same file comes again, and the next when it says something else', async () => {
    const onnx = samples.bytesOf(samples.regressor());
    const first = await importer.add(onnx, { fileName: 'again.onnx' }, { note: 'kept', alias: 'production' });
    expect(first).toMatchObject({ version: '1.0.0', note: 'kept', aliases: ['production'] });
    expect((await importer.add(onnx, { fileName: 'again.onnx' })).digest).toBe(first.digest);
    const changed = { inputs: [{ name: 'X', features: ['a', 'b'], units: ['bar', '°C'] }] };
    expect(await importer.add(onnx, { fileName: 'again.onnx' }, changed)).toMatchObject({ version: '1.0.1' });
    const pkg = await registry.resolve('again');
    const card = modelCard(pkg, toModelVersion(await registry.find('again')), undefined);
    expect(card).toMatchObject({ inputs: [{ words: '2 numbers', units: ['bar', '°C'] }], vectors: 3 });
    expect(Object.keys(card.example as object)).toEqual(['a', 'b']);
  });
});

describe('choices', () => {
  const cases: [string, OnnxModel, ImportChoices, string][] = [
    ['an input that is not there', samples.regressor(), { inputs: [{ name: 'Y' }] }, 'IMPORT_UNKNOWN_NAME'],
    ['an output that is not there', samples.regressor(), { outputs: [{ name: 'Y' }] }, 'IMPORT_UNKNOWN_NAME'],
    [
      'too many features',
      samples.regressor(),
      { inputs: [{ name: 'X', features: ['a', 'b', 'c'] }] },
      'IMPORT_FEATURES_COUNT',
    ],
    ['too few units', samples.regressor(), { inputs: [{ name: 'X', units: ['bar'] }] }, 'IMPORT_FEATURES_COUNT'],
    ['a feature twice', samples.regressor(), { inputs: [{ name: 'X', features: ['a', 'a'] }] }, 'IMPORT_NAMES_REPEAT'],
    ['too few labels', samples.convolution(), { labels: ['a', 'b'] }, 'IMPORT_LABELS_COUNT'],
    ['a label twice', samples.convolution(), { labels: ['a', 'b', 'a'] }, 'IMPORT_NAMES_REPEAT'],
    ['labels of a number', samples.regressor(), { labels: ['a'] }, 'IMPORT_LABELS_COUNT'],
    ['a picture of two numbers', samples.regressor(), { inputs: [{ name: 'X', kind: 'image' }] }, 'IMPORT_KIND_UNFIT'],
    ['an anomaly without a label', samples.regressor(), { task: 'anomaly' }, 'IMPORT_TASK_UNFIT'],
    ['a name with capitals', samples.regressor(), { name: 'Pump' }, 'IMPORT_NAME_INVALID'],
  ];
  it.each(cases)('that contradict the file are refused: %s', async (_, model, choices, code) => {
    await expect(proposed(model, choices)).rejects.toMatchObject({ code });
  });

  it('rename the labels of a model that answers its own', async () => {
    const model = samples.forestWithZipMap(['a', 'b', 'c']);
    const { sample, labels } = await proposed(model, { labels: ['good', 'bad', 'odd'], sample: [2, 0, 0] });
    expect(labels).toEqual(['good', 'bad', 'odd']);
    expect(sample.prediction).toMatchObject({ label: 'bad' });
  });

  it('of a file that takes nothing cannot be made', async () => {
    const { graph, ...rest } = samples.regressor();
    const constant = { ...graph, inputs: [] };
    await expect(proposed({ ...rest, graph: constant })).rejects.toMatchObject({ code: 'IMPORT_NO_INPUT' });
  });
});

it('puts weights that lie beside the file into the model, and names the file that is missing', async () => {
  const model = samples.binaryNet();
  const weights = new Uint8Array(Float32Array.of(1, -1).buffer);
  const external = [{ key: 'location', value: 'weights.bin' }];
  const initializers = model.graph.initializers.map((tensor) =>
    tensor.name === 'W' ? { ...tensor, raw: new Uint8Array(), external, dataLocation: 1 } : tensor,
  );
  const onnx = writeOnnx({ ...model, graph: { ...model.graph, initializers } });
  await expect(importer.inspect(onnx, { fileName: 'split.onnx' })).rejects.toMatchObject({
    code: 'ONNX_EXTERNAL_MISSING',
    message: expect.stringContaining('weights.bin') as string,
  });
  const file = { fileName: 'split.onnx', external: new Map([['weights.bin', weights]]) };
  const { proposal, parts } = await importer.inspect(onnx, file);
  expect(proposal.sample.problem).toBeUndefined();
  expect(parts.onnx).not.toEqual(onnx);
});
