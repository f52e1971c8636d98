import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PackageParts, readPackage, writePackage } from '../../../../runtime/models/package/index.ts';

const PARTS: PackageParts = {
  manifest: {
    name: 'tiny',
    version: '1.0.0',
    task: 'classification',
    inputs: [{ name: 'x', type: 'float32', shape: ['rows', 2], features: ['rms_x', 'rms_y'], units: ['g', 'g'] }],
    outputs: [{ name: 'p', type: 'float32', shape: ['rows', 2], role: 'scores' }],
    labels: ['good', 'bad'],
    vectors: [
      {
        inputs: { x: { shape: [1, 2], data: [0.1, 0.2] } },
        outputs: { p: { shape: [1, 2], data: [0.25, 0.75] } },
        tolerance: 1e-5,
      },
    ],
    metrics: { accuracy: 0.9 },
  },
  onnx: Uint8Array.of(1, 2, 3),
  reference: { names: ['rms_x', 'rms_y'], rows: [Float64Array.of(0.1, 1e-7), Float64Array.of(-3, 1 / 3)] },
};

let parent: string;
let directory: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'millrace-package-'));
  directory = join(parent, 'tiny');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

const file = (name: string) => join(directory, name);

async function editManifest(edit: (manifest: Record<string, unknown>) => void): Promise<void> {
  const manifest = JSON.parse(await readFile(file('model.json'), 'utf8')) as Record<string, unknown>;
  edit(manifest);
  await writeFile(file('model.json'), JSON.stringify(manifest));
}

describe('a package that was written', () => {
  it('is read back whole, reference rows to the last digit', async () => {
    const written = await writePackage(directory, PARTS);
    const read = await readPackage(directory);
    expect(read).toEqual(written);
    expect(read.manifest).toMatchObject(PARTS.manifest);
    expect([...read.onnx]).toEqual([1, 2, 3]);
    expect(read.reference).toEqual(PARTS.reference);
  });

  it('is the same bytes and the same digest each time, in the place of what lay there', async () => {
    const first = await writePackage(directory, PARTS);
    await writeFile(file('left-over.txt'), '');
    const second = await writePackage(directory, PARTS);
    expect(second.digest).toBe(first.digest);
    expect((await readdir(directory)).sort()).toEqual(['model.json', 'model.onnx', 'reference.csv']);
    expect(await readdir(parent)).toEqual(['tiny']);
  });

  it('has a digest that changes with everything in it, but not with how model.json is spaced', async () => {
    const { digest } = await writePackage(directory, PARTS);
    await editManifest(() => undefined);
    expect((await readPackage(directory)).digest).toBe(digest);
    await editManifest((manifest) => (manifest['metrics'] = { accuracy: 0.91 }));
    expect((await readPackage(directory)).digest).not.toBe(digest);
    const otherWeights = await writePackage(directory, { ...PARTS, onnx: Uint8Array.of(9) });
    expect(otherWeights.digest).not.toBe(digest);
  });

  it('needs no reference', async () => {
    const { manifest, onnx } = PARTS;
    expect((await writePackage(directory, { manifest, onnx })).reference).toBeUndefined();
  });
});

describe('a broken package', () => {
  beforeEach(() => writePackage(directory, PARTS));

  const refused = (code: string, message: RegExp) =>
    expect(readPackage(directory)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });

  it('with a changed model names the file and both digests', async () => {
    await writeFile(file('model.onnx'), Uint8Array.of(1, 2, 4));
    await refused(
      'PACKAGE_FILE_CHANGED',
      /model\.onnx .* has the digest [0-9a-f]{64}, model\.json expects [0-9a-f]{64}/,
    );
  });

  it('with a changed reference is refused too', async () => {
    await writeFile(file('reference.csv'), 'rms_x,rms_y\n1,2\n');
    await refused('PACKAGE_FILE_CHANGED', /reference\.csv/);
  });

  it('that is not there, or lacks a file, says which', async () => {
    await rm(file('model.onnx'));
    await refused('PACKAGE_MISSING', /no readable model\.onnx \(ENOENT\)/);
    await rm(directory, { recursive: true });
    await refused('PACKAGE_MISSING', /no readable model\.json \(ENOENT\)/);
  });

  it('of a newer format is not guessed at', async () => {
    await editManifest((manifest) => Object.assign(manifest, { format: 2, inputs: 'of another kind' }));
    await refused('PACKAGE_TOO_NEW', /the format 2, this Millrace reads up to 1/);
  });

  it('says what in model.json is wrong, and where', async () => {
    await editManifest((manifest) => (manifest['task'] = 'guessing'));
    await refused('PACKAGE_INVALID', /at "task"/);
    await writeFile(file('model.json'), '{"format": 1,');
    await refused('PACKAGE_INVALID', /no JSON/);
    await writeFile(file('model.json'), 'null');
    await refused('PACKAGE_INVALID', /model\.json/);
  });

  it('cannot reach for files outside its directory', async () => {
    await editManifest((manifest) => {
      manifest['files'] = { ...(manifest['files'] as object), '../../etc/passwd': '0'.repeat(64) };
    });
    await refused('PACKAGE_INVALID', /files/);
  });
});

it('a reference with a missing value is refused before anything is written', async () => {
  const reference = { names: ['a', 'b'], rows: [Float64Array.of(1, NaN)] };
  await expect(writePackage(directory, { ...PARTS, reference })).rejects.toThrow('row 0 has not 2 finite values');
  expect(await readdir(parent)).toEqual([]);
});
