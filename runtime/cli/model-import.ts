import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { systemClock } from '../base/index.ts';
import { createInference } from '../inference/index.ts';
import { type ImportChoices, importChoices } from '../messages/index.ts';
import { createImporter } from '../models/import/index.ts';
import { type Registry, type RegistryEntry, toModelVersion } from '../models/registry/index.ts';
import { externalFiles, readOnnx } from '../onnx-format/index.ts';
import { MILLRACE } from './command-name.ts';
import { errors } from './errors.ts';
import { byInput } from './model-choices.ts';
import { proposalLines } from './model-lines.ts';
import type { ModelImportOptions } from './model-program.ts';
import { withModels } from './open-models.ts';
import type { Terminal } from './terminal.ts';

/**
 * `millrace model import`
 *
 * @throws MODEL_FILE_UNREADABLE, MODEL_NOT_STORED, or what the importer says of the file and the choices
 */
export async function importModel(path: string, options: ModelImportOptions, terminal: Terminal): Promise<void> {
  const file = resolve(path);
  const found = await stat(file).catch((cause: unknown) => {
    throw errors.MODEL_FILE_UNREADABLE({ path: file, reason: (cause as Error).message }, { cause });
  });
  await withModels(options.userDir, async (registry) => {
    if (found.isDirectory()) await importFolder(file, options, registry, terminal);
    else await importFile(file, options, registry, terminal);
  });
}

/** What a package says of itself stays as it is: its digest is of all of it. */
async function importFolder(directory: string, options: ModelImportOptions, registry: Registry, terminal: Terminal) {
  const given = (['name', 'version', 'task', 'labels', 'features', 'units', 'kind', 'description'] as const).find(
    (option) => options[option] !== undefined,
  );
  if (given !== undefined) {
    const value = String(options[given]);
    throw errors.OPTION_INVALID({
      option: `--${given}`,
      value,
      expected: 'left out for a package, which says it itself',
    });
  }
  const { note, alias } = options;
  const put = await registry.put(directory, { ...(note !== undefined && { note }) });
  if (alias !== undefined) await registry.alias(put.name, alias, put.version);
  const entry = await registry.find(`${put.name}@${put.version ?? ''}`);
  if (options.json) return terminal.result(JSON.stringify({ stored: stored(entry) }));
  sayStored(entry, terminal);
}

async function importFile(file: string, options: ModelImportOptions, registry: Registry, terminal: Terminal) {
  const onnx = await readFile(file).catch((cause: unknown) => {
    throw errors.MODEL_FILE_UNREADABLE({ path: file, reason: (cause as Error).message }, { cause });
  });
  const inference = createInference({ clock: systemClock });
  try {
    const importer = createImporter({ inference, registry });
    const source = { fileName: basename(file), external: await readExternal(file, onnx) };
    const chosen = choicesOf(options);
    const inputs = await byInput(options, async () => (await importer.inspect(onnx, source, chosen)).proposal.inputs);
    const choices = { ...chosen, ...(inputs && { inputs }) };
    const { proposal, parts } = await importer.inspect(onnx, source, choices);
    if (!options.json) for (const line of proposalLines(proposal)) terminal.result(line);
    if (options.dryRun) {
      if (options.json) return terminal.result(JSON.stringify({ proposal }));
      return terminal.progress('Nothing was stored: --dry-run.');
    }
    const { problem } = proposal.sample;
    if (problem && !options.force) {
      throw errors.MODEL_NOT_STORED({ problem: `${problem.code}: ${problem.message}`, hint: problem.hint });
    }
    const entry = await importer.store(parts, choices);
    if (options.json) return terminal.result(JSON.stringify({ proposal, stored: stored(entry) }));
    terminal.result('');
    sayStored(entry, terminal);
  } finally {
    await inference.close();
  }
}

/** Files with weights, which lie beside the model. Of one that is not there the importer says so. */
async function readExternal(file: string, onnx: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const read = externalFiles(readOnnx(onnx)).map(async (name) => {
    const bytes = await readFile(join(dirname(file), name)).catch(() => undefined);
    return bytes ? [[name, bytes] as const] : [];
  });
  return new Map((await Promise.all(read)).flat());
}

function choicesOf({ name, version, task, labels, description, note, alias }: ModelImportOptions): ImportChoices {
  const said = { name, version, task, labels, description, note, alias };
  return importChoices.parse(Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)));
}

const stored = (entry: RegistryEntry) => ({ name: entry.name, ...toModelVersion(entry) });

function sayStored(entry: RegistryEntry, terminal: Terminal): void {
  const { name, version = '', digest = '', aliases } = entry;
  const also = aliases.length > 0 ? `, which is ${aliases.join(' and ')}` : '';
  terminal.result(`Stored as ${name}@${version}${also} (digest ${digest.slice(0, 12)}).`);
  terminal.progress(
    aliases.length > 0
      ? `Choose ${name}@${aliases[0] ?? ''} in a "model" node, or see its card: ${MILLRACE} model show ${name}@${version}`
      : `To use it in flows by a name that can move: ${MILLRACE} model alias ${name} production ${version}`,
  );
}
