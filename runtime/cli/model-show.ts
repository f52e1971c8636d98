import type { InputDescription, ModelCard } from '../messages/index.ts';
import { modelCard } from '../models/import/index.ts';
import { toModelVersion } from '../models/registry/index.ts';
import { columns, showBytes, showDate } from './columns.ts';
import type { ModelOptions } from './model-program.ts';
import { withModels } from './open-models.ts';
import type { Terminal } from './terminal.ts';

/** `millrace model show` @throws MODEL_NOT_FOUND, or what is wrong with the package */
export async function showModel(reference: string, options: ModelOptions, terminal: Terminal): Promise<void> {
  const { card, directory } = await withModels(options.userDir, async (registry) => {
    const entry = await registry.find(reference);
    const pkg = await registry.resolve(reference);
    const facts = await registry.facts(pkg.digest);
    return { card: modelCard(pkg, toModelVersion(entry), facts), directory: entry.directory };
  });
  if (options.json) return terminal.result(JSON.stringify(card));
  for (const line of cardLines(card, directory)) terminal.result(line);
}

function cardLines(card: ModelCard, directory: string): string[] {
  const { name, version, task, description, inputs, outputs, labels, vectors, referenceRows, machine } = card;
  const { aliases, note, added, accuracy, bytes, digest, origin } = version;
  const of = machine && machine.microseconds[machine.tier];
  const rows: [string, string | undefined][] = [
    ...inputs.map((input): [string, string] => ['takes', inputLine(input)]),
    ...outputs.map((output): [string, string] => ['answers', `"${output.name}": ${output.words}`]),
    ['labels', labels?.join(', ')],
    ['aliases', aliases.length > 0 ? aliases.join(', ') : undefined],
    ['note', note],
    ['accuracy', accuracy === undefined ? undefined : `${(accuracy * 100).toFixed(1)} % on data that it had not seen`],
    ['recipe', card.recipe && `makes the features of a window (${card.recipe.slice(0, 12)})`],
    ['checked by', vectors === 0 ? undefined : `${vectors} inputs whose answers are known`],
    ['reference', referenceRows === 0 ? undefined : `${referenceRows} rows of what was usual, for drift`],
    ['runs', machine && `${machine.tier}${of === undefined ? '' : `, ${of} µs`}: ${machine.why}`],
    ['came', origin === 'shipped' ? 'with Millrace' : added === undefined ? 'by hand' : showDate(added)],
    ['size', bytes === undefined ? undefined : showBytes(bytes)],
    ['digest', digest],
    ['lies in', directory],
  ];
  return [
    `${name} ${version.version}: ${task}`,
    ...(description === undefined ? [] : [`  ${description}`]),
    '',
    ...columns(rows.flatMap(([label, text]) => (text === undefined ? [] : [['', label, text]]))).map(
      (line) => `  ${line}`,
    ),
  ];
}

/** The names are what whoever wires a flow looks for. */
export function inputLine({ name, words, features, units }: InputDescription): string {
  const named = features?.map((feature, i) => (units?.[i] ? `${feature} (${units[i]})` : feature));
  return `"${name}": ${words}${named ? `: ${named.join(', ')}` : ''}`;
}
