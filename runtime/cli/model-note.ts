import type { ModelOptions } from './model-program.ts';
import { splitReference, withModels } from './open-models.ts';
import type { Terminal } from './terminal.ts';

/** `millrace model note` @throws OPTION_INVALID, MODEL_NOT_FOUND */
export async function noteModel(
  reference: string,
  text: string,
  options: ModelOptions,
  terminal: Terminal,
): Promise<void> {
  const { name, version } = splitReference(reference);
  await withModels(options.userDir, (registry) => registry.note(name, version, text.trim()));
  const said = text.trim() === '' ? `${reference} has no note any longer.` : `Noted on ${reference}.`;
  terminal.result(options.json ? JSON.stringify({ name, version, note: text.trim() }) : said);
}
