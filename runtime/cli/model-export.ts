import { readdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readFiles, writeFiles } from '../models/package/index.ts';
import { errors } from './errors.ts';
import type { ModelOptions } from './model-program.ts';
import { withModels } from './open-models.ts';
import type { Terminal } from './terminal.ts';

/** `millrace model export` @throws MODEL_NOT_FOUND, EXPORT_UNWRITABLE */
export async function exportModel(
  reference: string,
  target: string,
  options: ModelOptions,
  terminal: Terminal,
): Promise<void> {
  const path = resolve(target);
  const { pkg, files } = await withModels(options.userDir, async (registry) => {
    return await readFiles((await registry.find(reference)).directory);
  });
  const unwritable = (cause: unknown) =>
    errors.EXPORT_UNWRITABLE({ path, reason: (cause as Error).message }, { cause });
  if (target.endsWith('.onnx')) {
    await writeFile(path, pkg.onnx).catch((cause: unknown) => {
      throw unwritable(cause);
    });
  } else {
    const held = await readdir(path).catch(() => []);
    if (held.length > 0) throw errors.EXPORT_UNWRITABLE({ path, reason: 'it holds something already' });
    await writeFiles(path, files, 'replace').catch((cause: unknown) => {
      throw unwritable(cause);
    });
  }
  const { name, version } = pkg.manifest;
  const said = `${name}@${version} is written to ${path}`;
  terminal.result(options.json ? JSON.stringify({ name, version, digest: pkg.digest, path }) : said);
}
