import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errors } from './errors.ts';

const schema = z.record(z.string(), z.record(z.string(), z.string()));

/** Alias → version, by the name of the model. */
export type LayerAliases = z.infer<typeof schema>;

/**
 * The aliases that a read-only layer brings along, in the file `aliases.json` beside its packages.
 *
 * @throws ALIASES_INVALID
 */
export async function readLayerAliases(layer: string): Promise<LayerAliases> {
  const file = join(layer, 'aliases.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return {};
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const problem = cause instanceof z.ZodError ? (cause.issues[0]?.message ?? 'not understood') : 'it is no JSON';
    throw errors.ALIASES_INVALID({ file, problem }, { cause });
  }
}
