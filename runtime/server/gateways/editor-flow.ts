/** What the editor has deployed, as a bundle is made of it. */
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { MillraceError } from '../../base/index.ts';
import type { Credentials, PackOptions, TestFile } from '../../bundle/index.ts';
import type { exportBundleRequest } from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import type { NodeRed } from '../node-red.ts';
import { ownVersion } from '../summary.ts';

export interface EditorFlow {
  readonly red: NodeRed;
  readonly services: Services;
  readonly flowFile: string;
  readonly userDir: string;
}

/** Packages whose nodes every gateway has. */
const BUILT_IN = new Set(['node-red', 'millrace']);

export async function packOptions(
  { red, services, flowFile, userDir }: EditorFlow,
  { name, tabs, tests }: z.output<typeof exportBundleRequest>,
): Promise<PackOptions> {
  const { flows } = red.nodes.getFlows();
  const builtIn = red.nodes.getNodeList().filter(({ module }) => BUILT_IN.has(module));
  return {
    ...{ name, flow: flows, userDir, runtime: ownVersion(), models: services.models },
    ...(tabs && { tabs }),
    credentials: credentialsOf(red, flows),
    tests: tests ? await testFiles(services, flowFile) : [],
    recording: (recording) => recordingOf(services, recording),
    builtIn: new Set(builtIn.flatMap(({ types }) => types)),
  };
}

function credentialsOf(red: NodeRed, flow: readonly { readonly id: string }[]): Credentials {
  const held = flow.map(({ id }) => [id, red.nodes.getCredentials(id)] as const);
  return Object.fromEntries(held.flatMap(([id, fields]) => (fields ? [[id, fields]] : [])));
}

/** The tests of this flow, and the recordings that one of them plays. */
async function testFiles({ suites }: Services, flowFile: string): Promise<TestFile[]> {
  const tests = (await suites.list(flowFile)).filter(({ test }) => test !== undefined);
  const texts = await Promise.all(tests.map(({ file }) => readFile(file)));
  const played = (await suites.recordings(flowFile)).filter(({ name }) =>
    texts.some((text) => text.includes(JSON.stringify(name))),
  );
  return [
    ...tests.map(({ name }, i) => ({ path: `${name}.json`, bytes: texts[i] ?? new Uint8Array() })),
    ...(await Promise.all(played.map(async ({ name, file }) => ({ path: name, bytes: await readFile(file) })))),
  ];
}

async function recordingOf({ recordings }: Services, name: string) {
  const found = await recordings.read(name).catch((error: unknown) => {
    if (error instanceof MillraceError && error.code === 'RECORDING_MISSING') return undefined;
    throw error;
  });
  if (!found) return undefined;
  const { fileName, bytes } = found;
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return { extension: fileName.slice(fileName.lastIndexOf('.')), bytes: Buffer.concat(pieces) };
}
