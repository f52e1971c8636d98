import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openRegistry, type Registry } from '../models/registry/index.ts';
import { errors } from './errors.ts';

/** Opens the models of a user directory for as long as the work takes. */
export async function withModels<T>(userDir: string, work: (models: Registry) => Promise<T>): Promise<T> {
  const models = openRegistry({ layers: shippedModels(), directory: join(userDir, 'millrace', 'models') });
  try {
    return await work(models);
  } finally {
    await models.close();
  }
}

/** Where the models that come with Millrace lie: with the nodes; in a checkout that was not built, with the flows. */
function shippedModels(): string[] {
  const flows = fileURLToPath(new URL('../../flows', import.meta.url));
  try {
    const palette = dirname(createRequire(import.meta.url).resolve('millrace/package.json'));
    const models = join(palette, 'models');
    if (existsSync(models)) return [models];
  } catch {
    // Not installed.
  }
  if (!existsSync(flows)) return [];
  return readdirSync(flows)
    .map((flow) => join(flows, flow, 'models'))
    .filter((models) => existsSync(models));
}

/**
 * `NAME@VERSION`, both of which must be said.
 *
 * @throws OPTION_INVALID
 */
export function splitReference(reference: string): { name: string; version: string } {
  const at = reference.indexOf('@');
  const [name, version] = [reference.slice(0, at), reference.slice(at + 1)];
  if (at > 0 && version !== '') return { name, version };
  throw errors.OPTION_INVALID({
    option: 'the model',
    value: reference,
    expected: 'NAME@VERSION, such as pump-health@1.0.0',
  });
}
