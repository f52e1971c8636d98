import { type Command, Option } from 'commander';
import { INPUT_KINDS, TASK_NAMES } from '../messages/index.ts';
import { MILLRACE } from './command-name.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface ModelOptions {
  readonly userDir: string;
  readonly json?: true;
}

export interface ModelImportOptions extends ModelOptions {
  readonly name?: string;
  readonly version?: string;
  readonly task?: string;
  readonly labels?: readonly string[];
  readonly features?: readonly string[];
  readonly units?: readonly string[];
  readonly kind?: readonly string[];
  readonly description?: string;
  readonly note?: string;
  readonly alias?: string;
  readonly dryRun?: true;
  readonly force?: true;
}

export interface ModelAliasOptions extends ModelOptions {
  readonly remove?: true;
}

/** `millrace model …`: what it can do, with options and help. What a command does is loaded when it runs. */
export function addModelCommands(model: Command, terminal: Terminal): void {
  model.description('See, import and move the models of this machine.').addHelpText(
    'after',
    `
A model is named as NAME (its newest version), NAME@VERSION, NAME@ALIAS, or NAME@ and 8 digits of its digest.

Examples:
  ${MILLRACE} model import bearing.onnx --labels well,worn
  ${MILLRACE} model alias bearing production 1.0.0
  ${MILLRACE} model list`,
  );
  const add = (name: string, description: string) =>
    model
      .command(name)
      .copyInheritedSettings(model)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false)
      .description(description)
      .option('--json', 'print the result as one line of JSON')
      .addOption(userDirOption());

  add('list', 'List every version, with its aliases.')
    .argument('[name]', 'only this model')
    .action(async (name: string | undefined, options: ModelOptions) => {
      await (await import('./model-list.ts')).listModels(name, options, terminal);
    });

  add('show', "Show a model's card: what it takes, what it answers, how good it is.")
    .argument('<model>', 'NAME, NAME@VERSION or NAME@ALIAS')
    .action(async (reference: string, options: ModelOptions) => {
      await (await import('./model-show.ts')).showModel(reference, options, terminal);
    });

  add('import', 'Read a model file, say what it is, try it, and store it.')
    .argument('<file>', 'an .onnx file, or the folder of a model package')
    .option('--name <name>', 'what the model is called (default: as its file)')
    .option('--version <version>', 'its version (default: the next that is free)')
    .addOption(new Option('--task <task>', 'what it is for (default: as proposed)').choices(TASK_NAMES))
    .option('--labels <names>', 'what its scores are called, in their order, with commas between', list)
    .option('--features <names>', 'what its values are called, in their order; of several inputs INPUT=NAMES', collect)
    .option('--units <units>', 'of the features, in their order; of several inputs INPUT=UNITS', collect)
    .option('--kind <kind>', `how an input is read: ${INPUT_KINDS.join(', ')}; of several inputs INPUT=KIND`, collect)
    .option('--description <text>', 'what it does')
    .option('--note <text>', 'a note of your own, which can be changed later')
    .option('--alias <alias>', 'point this alias to it, such as production')
    .option('--dry-run', 'say what it is, and store nothing')
    .option('--force', 'store it even if it did not answer when it was tried')
    .addHelpText(
      'after',
      `
Whatever is not given is proposed from the file. Files with weights that lie beside the model file are read with it.

Examples:
  ${MILLRACE} model import bearing.onnx --dry-run
  ${MILLRACE} model import bearing.onnx --labels well,worn --features rms,peak,kurtosis --alias production
  ${MILLRACE} model import ./packages/bearing`,
    )
    .action(async (path: string, options: ModelImportOptions) => {
      await (await import('./model-import.ts')).importModel(path, options, terminal);
    });

  add('alias', 'Point an alias to a version, for every flow that uses it, at once.')
    .argument('<name>', 'the model')
    .argument('<alias>', 'a word, such as production or candidate')
    .argument('[version]', 'a version, or another alias; left out: say where the alias is and was')
    .option('--remove', 'take the alias away')
    .addHelpText(
      'after',
      `
Examples:
  ${MILLRACE} model alias bearing production 1.0.1
  ${MILLRACE} model alias bearing production candidate   what is the candidate becomes production
  ${MILLRACE} model alias bearing production             where it is, and where it was`,
    )
    .action(async (name: string, alias: string, version: string | undefined, options: ModelAliasOptions) => {
      await (await import('./model-alias.ts')).aliasModel(name, alias, version, options, terminal);
    });

  add('note', 'Write a note on a version; an empty one takes it away.')
    .argument('<model>', 'NAME@VERSION')
    .argument('<text>', 'the note')
    .action(async (reference: string, text: string, options: ModelOptions) => {
      await (await import('./model-note.ts')).noteModel(reference, text, options, terminal);
    });

  add('export', 'Write a version to a folder as a model package, or its model alone to an .onnx file.')
    .argument('<model>', 'NAME, NAME@VERSION or NAME@ALIAS')
    .argument('<target>', 'a folder that does not exist yet, or a file that ends in .onnx')
    .action(async (reference: string, target: string, options: ModelOptions) => {
      await (await import('./model-export.ts')).exportModel(reference, target, options, terminal);
    });

  add('remove', 'Remove a version. One to which an alias points stays.')
    .argument('<model>', 'NAME@VERSION')
    .action(async (reference: string, options: ModelOptions) => {
      await (await import('./model-remove.ts')).removeModel(reference, options, terminal);
    });
}

const list = (text: string): string[] => text.split(',').map((each) => each.trim());
const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];
