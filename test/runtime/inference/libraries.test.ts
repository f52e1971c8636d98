import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type LibraryPlaces, prunableLibraries, pruneLibraries } from '../../../runtime/inference/libraries.ts';

/** As the two packages lie in node_modules. */
async function installed(): Promise<LibraryPlaces & { readonly directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-libraries-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const files = {
    'bin/napi-v6/linux/x64/libonnxruntime.so.1': 10,
    'bin/napi-v6/linux/arm64/libonnxruntime.so.1': 20,
    'bin/napi-v6/win32/x64/onnxruntime.dll': 40,
    'web/ort.node.min.mjs': 1,
    'web/ort.node.min.js': 1,
    'web/ort-wasm-simd-threaded.mjs': 1,
    'web/ort-wasm-simd-threaded.wasm': 5,
    'web/ort-wasm-simd-threaded.jsep.wasm': 80,
    'web/ort.all.min.js': 7,
  };
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), new Uint8Array(bytes));
  }
  return {
    directory,
    native: [join(directory, 'bin/napi-v6')],
    web: join(directory, 'web'),
    platform: 'linux',
    architecture: 'arm64',
  };
}

it('lists the libraries of other platforms and the builds for browsers, and touches nothing', async () => {
  const places = await installed();
  const found = await prunableLibraries(places);
  const shown = found.map(({ path, bytes, use }) => [basename(path), bytes, use]);
  expect(shown.sort()).toEqual([
    ['ort-wasm-simd-threaded.jsep.wasm', 80, 'browsers'],
    ['ort.all.min.js', 7, 'browsers'],
    ['x64', 10, 'linux-x64'],
    ['x64', 40, 'win32-x64'],
  ]);
  expect(await prunableLibraries(places)).toEqual(found);
});

it('removes them, and leaves what this machine loads', async () => {
  const places = await installed();
  expect(await pruneLibraries(places)).toHaveLength(4);
  expect(await prunableLibraries(places)).toEqual([]);
  const left = await readdir(places.directory, { recursive: true, withFileTypes: true });
  expect(left.filter((entry) => entry.isFile()).map(({ name }) => name)).toHaveLength(5);
});

it('finds nothing where ONNX Runtime is not installed', async () => {
  const places = { native: ['/nowhere'], web: undefined, platform: 'linux', architecture: 'x64' };
  expect(await prunableLibraries(places)).toEqual([]);
});
