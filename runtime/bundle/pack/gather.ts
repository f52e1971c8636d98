import { createHash } from 'node:crypto';
import { errors } from '../errors.ts';
import { splitFlow } from '../flow/split-flow.ts';
import type { BundleManifest, BundleSetting, FlowNode } from '../types.ts';
import { architecturesOf } from './architectures.ts';
import { createFindings, type Findings } from './findings.ts';
import { fittingTests, warnOfCutLinks } from './fitting-tests.ts';
import { gatherModels } from './gather-models.ts';
import { needsOf } from './needs/needs-of.ts';
import { called } from './nodes.ts';
import type { PackOptions } from './options.ts';
import { gatherPackages } from './packages/gather-packages.ts';
import { gatherRecordings } from './recordings-of.ts';
import { allowedNodes, risksOf } from './risky-nodes.ts';
import { sbomOf } from './sbom-of.ts';
import { secretsIn } from './secrets-in.ts';
import { selectTabs } from './select-tabs.ts';
import { settingsOf } from './settings-of.ts';

export interface Gathered {
  readonly manifest: BundleManifest;
  /** By path; all but `bundle.json`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly findings: Findings;
  /** What is off on a device unless it is allowed. */
  readonly risky: readonly string[];
  /** References of models by an alias. */
  readonly aliases: readonly string[];
}

/** Everything that belongs into a bundle. What cannot be had is among the findings, and missing. */
export async function gather(options: PackOptions): Promise<Gathered> {
  const { name, runtime, allow = [] } = options;
  const findings = createFindings();
  const chosen = (await findings.attempt(promised(() => selectTabs(options.flow, options.tabs)))) ?? [];
  const flow = chosen.map(withoutSecrets);
  const tests = fittingTests(options.tests ?? [], options.flow, chosen, findings);
  warnOfCutLinks(options.flow, chosen, findings);
  // What is switched off goes into the bundle too.
  for (const node of flow) {
    for (const property of secretsIn(node)) findings.warn(errors.SECRET_IN_FLOW({ node: called(node), property }));
  }
  const { tabs, files: flowFiles } = splitFlow(flow);
  const found = await gatherModels(flow, options, findings);
  const bring = await gatherPackages(flow, options, findings);
  const { models, localAliases } = found;
  const { packages, licences } = bring;

  const files = new Map<string, Uint8Array>([
    ...[...flowFiles].map(([path, text]): [string, Uint8Array] => [path, Buffer.from(text)]),
    ...found.files,
    ...(await gatherRecordings(flow, options.recording, findings)),
    ...tests.map(({ path, bytes }): [string, Uint8Array] => [`tests/${path}`.normalize('NFC'), bytes]),
    ...bring.files,
    ['sbom.cdx.json', Buffer.from(sbomOf({ name, runtime, packages, models, licences }))],
  ]);
  const bytes = [...files.values()].reduce((sum, each) => sum + each.byteLength, 0);
  const manifest: BundleManifest = {
    ...{ format: 1, name, runtime, tabs, models, localAliases, packages },
    architectures: architecturesOf(options.architectures, bring, findings),
    settings: fittingSettings(settingsOf(chosen, options.credentials), findings),
    tests: [...files.keys()].filter((path) => /^tests\/[^/]+\.json$/.test(path)).sort(),
    needs: await needsOf(flow, {
      ...{ models, modelPackages: found.packages, compiles: options.compiles, packages },
      allowed: allowedNodes(flow, allow, findings),
      diskBytes: bytes + bring.unpackedBytes,
    }),
    files: Object.fromEntries([...files].map(([path, content]) => [path, described(content)])),
  };
  return { manifest, files, findings, risky: risksOf(flow), aliases: found.aliases };
}

const described = (content: Uint8Array) => ({
  bytes: content.byteLength,
  sha256: createHash('sha256').update(content).digest('hex'),
});

/** A flow that was exported by hand may hold secrets in its nodes. */
const withoutSecrets = (node: FlowNode): FlowNode =>
  'credentials' in node
    ? (Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'credentials')) as FlowNode)
    : node;

/** Without those that a device could not set. */
function fittingSettings(settings: readonly BundleSetting[], findings: Findings): BundleSetting[] {
  const fits = ({ name }: BundleSetting) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  for (const { name, use } of settings.filter((each) => !fits(each)))
    findings.warn(errors.SETTING_NAME_UNFIT({ name, use }));
  return settings.filter(fits);
}

const promised = async <T>(work: () => T): Promise<T> => await Promise.resolve().then(work);
