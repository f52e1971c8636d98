import { readFiles } from '../../models/package/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import { errors } from '../errors.ts';
import { canonicalText } from '../sorted-json.ts';
import type { BundleModel, FlowNode } from '../types.ts';
import { activeNodes, called, isSetting, textOf } from './nodes.ts';
import type { PackOptions } from './options.ts';
import type { Findings } from './findings.ts';

export interface GatheredModels {
  readonly models: readonly BundleModel[];
  readonly packages: readonly ModelPackage[];
  readonly localAliases: readonly string[];
  /** References by an alias, which may be left to the device or not. */
  readonly aliases: readonly string[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What a flow calls its models, and who does: every `model` node, and the example where a node names none. */
export function referencesOf(flow: readonly FlowNode[]): Map<string, FlowNode> {
  const references = new Map<string, FlowNode>();
  for (const node of activeNodes(flow)) {
    const asksExample =
      textOf(node, 'model') === '' &&
      (['infer', 'evaluate'].includes(node.type) || (node.type === 'features' && textOf(node, 'from') !== 'own'));
    if (asksExample && !references.has('')) references.set('', node);
    if (node.type === 'model' && !references.has(textOf(node, 'model'))) references.set(textOf(node, 'model'), node);
  }
  return references;
}

/**
 * The models of a flow, each as it is now. A reference is pinned to its version, unless the bundle leaves it to the device:
 * where that was asked for, and where the flow itself trains the model.
 */
export async function gatherModels(
  flow: readonly FlowNode[],
  { models, localAliases = [] }: Pick<PackOptions, 'models' | 'localAliases'>,
  findings: Findings,
): Promise<GatheredModels> {
  const references = referencesOf(flow);
  const unused = localAliases.find((alias) => !references.has(alias));
  if (unused !== undefined)
    findings.problem(errors.LOCAL_ALIAS_UNUSED({ alias: unused, known: [...references.keys()] }));

  const local = new Set<string>();
  const found = new Map<string, BundleModel>();
  const packages: ModelPackage[] = [];
  const files = new Map<string, Uint8Array>();
  const movable: string[] = [];
  const aliases: Record<string, Record<string, string>> = {};
  for (const [reference, node] of [...references].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // The device's setting says which.
    if (isSetting(reference)) {
      findings.warn(errors.MODEL_LEFT_TO_DEVICE({ node: called(node), reference }));
      continue;
    }
    const trained = isTrained(reference, flow);
    const isLocal = trained || localAliases.includes(reference);
    if (isLocal) local.add(reference);
    const entry = await models.find(reference).catch((error: unknown) => {
      if (trained) findings.warn(errors.MODEL_NOT_TRAINED_YET({ node: called(node), reference }));
      else findings.problem(error);
    });
    const read = entry && (await findings.attempt(readFiles(entry.directory)));
    if (!read) continue;
    const { name, version } = read.pkg.manifest;
    const { digest } = read.pkg;
    const before = found.get(digest);
    const pinned = [...(before?.references ?? []), ...(isLocal ? [] : [reference])];
    found.set(digest, { name, version, digest, references: pinned });
    const selector = reference.split('@')[1]?.trim();
    const isAlias = (await models.aliases(name)).some(({ alias }) => alias === selector);
    if (isAlias && !trained) movable.push(reference);
    if (selector !== undefined && isAlias && selector !== version) (aliases[name] ??= {})[selector] = version;
    if (before) continue;
    packages.push(read.pkg);
    for (const [file, bytes] of read.files) files.set(`models/${name}/${version}/${file}`, bytes);
  }
  if (Object.keys(aliases).length > 0) files.set('models/aliases.json', Buffer.from(canonicalText(aliases)));
  const sorted = [...found.values()].sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
  return { models: sorted, packages, localAliases: [...local].sort(), aliases: movable, files };
}

/** Whether a node of the flow makes what the reference means: then the newest of the device counts. */
function isTrained(reference: string, flow: readonly FlowNode[]): boolean {
  const [name = '', selector] = reference.split('@').map((part) => part.trim());
  return activeNodes(flow).some((node) => {
    if (node.type !== 'train') return false;
    const made = textOf(node, 'model');
    // Without a name of its own it is called after its data set, which may be any.
    const isMade = made === '' ? name.startsWith('my-') : made === name;
    return isMade && (selector === undefined || selector === textOf(node, 'alias'));
  });
}
