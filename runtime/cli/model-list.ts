import type { ModelsAnswer, ModelVersion } from '../messages/index.ts';
import { toModelRows } from '../models/registry/index.ts';
import { columns, showBytes, showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import type { ModelOptions } from './model-program.ts';
import { withModels } from './open-models.ts';
import type { Terminal } from './terminal.ts';

/**
 * `millrace model list`
 *
 * @throws MODEL_NOT_FOUND for a model that is not there
 */
export async function listModels(name: string | undefined, options: ModelOptions, terminal: Terminal): Promise<void> {
  const models = await withModels(options.userDir, async (registry) => {
    const rows = toModelRows(await registry.list());
    const wanted = rows.filter((row) => name === undefined || row.name === name);
    if (wanted.length === 0 && name !== undefined) await registry.find(name);
    return wanted;
  });
  if (options.json) return terminal.result(JSON.stringify({ models } satisfies ModelsAnswer));
  if (models.length === 0)
    return terminal.result(`There is no model yet. Import one: ${MILLRACE} model import FILE.onnx`);
  const lines = models.flatMap((row) => row.versions.map((version) => cells(row.name, version)));
  for (const line of columns(lines)) terminal.result(line);
}

function cells(
  name: string,
  { version, task, aliases, accuracy, bytes, added, origin, note, problem }: ModelVersion,
): string[] {
  return [
    version === '' ? name : `${name}@${version}`,
    aliases.join(', '),
    task ?? '',
    accuracy === undefined ? '' : `${(accuracy * 100).toFixed(1)} %`,
    bytes === undefined ? '' : showBytes(bytes),
    origin === 'shipped' ? 'comes with Millrace' : added === undefined ? 'put there by hand' : showDate(added),
    problem ? `BROKEN ${problem.code}: ${problem.message}` : (note ?? ''),
  ];
}
