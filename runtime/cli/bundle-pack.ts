import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemClock } from '../base/index.ts';
import { type FlowNode, OLDEST_RUNTIME, packBundle, type PackedBundle } from '../bundle/index.ts';
import { openRecordings } from '../datasets/index.ts';
import { createInference } from '../inference/index.ts';
import {
  builtInTypes,
  findPalette,
  FIRST_FLOW,
  parseFlow,
  readCredentials,
  recordingFile,
  testFiles,
} from '../server/index.ts';
import { flowName, openSuites } from '../suites/index.ts';
import { packedLines } from './bundle-lines.ts';
import type { BundlePackOptions } from './bundle-program.ts';
import { flowFile, SHIPPED } from './find-flow.ts';
import { withModels } from './open-models.ts';
import { writeSignedFile } from './signed-file.ts';
import type { Terminal } from './terminal.ts';

/**
 * `millrace bundle pack`
 *
 * @throws FLOW_UNKNOWN, what is wrong with the flow file or with the bundle, SIGNED_FILE_NOT_WRITTEN
 */
export async function packFlow(
  flow: string | undefined,
  options: BundlePackOptions,
  terminal: Terminal,
): Promise<void> {
  const adopted = join(options.userDir, 'flows.json');
  const source =
    flow === undefined && existsSync(adopted) ? adopted : await flowFile(flow ?? FIRST_FLOW, options.userDir);
  const name = options.name ?? flowName(source);
  const packed = await pack(name, source, options);
  const file = resolve(options.output ?? `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.mrb`);
  if (!options.dryRun) await writeSignedFile(file, packed.bytes, 'replace');
  if (options.json) {
    const { manifest, digest, bytes, warnings } = packed;
    const plain = warnings.map(({ code, message, hint }) => ({ code, message, hint }));
    const facts = { digest, bytes: bytes.byteLength, manifest, warnings: plain };
    return terminal.result(JSON.stringify(options.dryRun ? facts : { file, ...facts }));
  }
  terminal.result(packedLines(packed, options.dryRun ? undefined : file).join('\n'));
}

/** What a bundle is made of, gathered from the user directory. */
async function pack(name: string, source: string, options: BundlePackOptions): Promise<PackedBundle> {
  const { userDir, allow, arch, localAlias } = options;
  const nodes = parseFlow(source, await readFile(source, 'utf8'));
  const suites = openSuites({ userDir, shipped: SHIPPED });
  const recordings = openRecordings({
    directory: join(userDir, 'millrace', 'recordings'),
    clock: systemClock,
    shipped: [join(findPalette(), 'recordings')],
  });
  const inference = createInference({ clock: systemClock });
  try {
    return await withModels(userDir, async (models) =>
      packBundle({
        ...{ name, flow: nodes, models, userDir, runtime: OLDEST_RUNTIME },
        ...(options.tab && { tabs: tabIds(nodes, options.tab) }),
        credentials: await readCredentials(source, userDir),
        tests: options.tests ? await testFiles(suites, source) : [],
        recording: (recording) => recordingFile(recordings, recording),
        compiles: (model) => inference.compiles(model),
        builtIn: await builtInTypes(),
        ...(allow && { allow }),
        ...(arch && { architectures: arch }),
        ...(localAlias && { localAliases: localAlias }),
      }),
    );
  } finally {
    await Promise.all([recordings.close(), inference.close()]);
  }
}

/** A person knows a tab by its label; what is neither label nor id is refused later, with the ids. */
const tabIds = (nodes: readonly FlowNode[], wanted: readonly string[]): string[] =>
  wanted.flatMap((tab) => {
    const called = nodes.filter(({ type, label }) => type === 'tab' && label === tab).map(({ id }) => id);
    return called.length > 0 ? called : [tab];
  });
