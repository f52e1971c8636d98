/** What the editor has deployed, as a bundle is made of it. */
import type { z } from 'zod';
import { type Credentials, OLDEST_RUNTIME, type PackOptions } from '../../bundle/index.ts';
import type { exportBundleRequest } from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { recordingFile, testFiles } from '../bundle-sources.ts';
import type { NodeRed } from '../node-red.ts';

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
  { name, tabs, tests, allow, localAliases }: z.output<typeof exportBundleRequest>,
): Promise<PackOptions> {
  const { flows } = red.nodes.getFlows();
  const builtIn = red.nodes.getNodeList().filter(({ module }) => BUILT_IN.has(module));
  return {
    ...{ name, flow: flows, userDir, runtime: OLDEST_RUNTIME, models: services.models },
    ...(tabs && { tabs }),
    ...{ allow, localAliases },
    credentials: credentialsOf(red, flows),
    tests: tests ? await testFiles(services.suites, flowFile) : [],
    recording: (recording) => recordingFile(services.recordings, recording),
    compiles: (model) => services.inference.compiles(model),
    builtIn: new Set(builtIn.flatMap(({ types }) => types)),
  };
}

function credentialsOf(red: NodeRed, flow: readonly { readonly id: string }[]): Credentials {
  const held = flow.map(({ id }) => [id, red.nodes.getCredentials(id)] as const);
  return Object.fromEntries(held.flatMap(([id, fields]) => (fields ? [[id, fields]] : [])));
}
