import type { ModelOptions } from './model-program.ts';
import { splitReference, withModels } from './open-models.ts';
import type { Terminal } from './terminal.ts';

/** `millrace model remove` @throws OPTION_INVALID, MODEL_NOT_FOUND, VERSION_ALIASED, VERSION_SHIPPED */
export async function removeModel(reference: string, options: ModelOptions, terminal: Terminal): Promise<void> {
  const { name, version } = splitReference(reference);
  await withModels(options.userDir, (registry) => registry.remove(name, version));
  terminal.result(options.json ? JSON.stringify({ removed: reference }) : `${reference} is removed.`);
}
