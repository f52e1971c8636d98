import { type Command, Option } from 'commander';
import { LEARNING_TASKS, TRAINERS } from '../messages/index.ts';
import { MILLRACE } from './command-name.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

export interface TrainOptions {
  readonly userDir: string;
  readonly json?: true;
  readonly model: string;
  readonly trainer?: string;
  readonly task?: string;
  readonly settings?: string;
  readonly testBy?: string;
  readonly testShare?: string;
  readonly folds?: string;
  readonly balance?: string;
  readonly calibrate?: string;
  readonly seed?: string;
  readonly seconds?: string;
  readonly embedding?: string;
  readonly alias?: string;
}

export interface EvaluateOptions {
  readonly userDir: string;
  readonly json?: true;
  readonly challenger?: string;
}

/** `millrace train` and `millrace evaluate`: options and help. What a command does is loaded when it runs. */
export function addLearningCommands(add: (name: string) => Command, terminal: Terminal): void {
  add('train')
    .description('Train a model on a data set, test it on examples that it has not seen, and store it.')
    .argument('<data-set>', 'name of the data set')
    .requiredOption('-m, --model <name>', 'what the model is called; it gets the next free version')
    .addOption(new Option('--trainer <name>', 'how it learns').choices(['automatic', ...TRAINERS]).default('automatic'))
    .option('--settings <list>', 'settings of the trainer, such as trees=200,depth=8')
    .addOption(
      new Option('--task <task>', 'what is learnt (default: by the labels)').choices(['auto', ...LEARNING_TASKS]),
    )
    .addOption(
      new Option(
        '--test-by <what>',
        'what is held out to test on: whole groups, the end of each recording, or rows',
      ).choices([...['auto', 'group', 'time', 'row']]),
    )
    .option('--test-share <share>', 'how much is held out, 0.05 to 0.5 (default: 0.25)')
    .option('--folds <count>', 'folds of a cross-validation beside the test')
    .addOption(new Option('--balance <when>', 'whether rare labels count as much as common ones').choices(WHEN))
    .addOption(new Option('--calibrate <when>', 'whether probabilities are made to mean what they say').choices(WHEN))
    .option('--seconds <seconds>', 'time allowed (default: 60)')
    .option('--seed <number>', 'the same seed gives the same model (default: 1)')
    .option('--embedding <model>', 'a model whose output is what this one learns from')
    .option('--alias <alias>', 'point this alias to the new version, such as production')
    .option('--json', 'print the report as one line of JSON')
    .addOption(userDirOption())
    .addHelpText(
      'after',
      `
Ctrl-C cancels: nothing is stored then. A model is stored when everything about it is right, or not at all.

Examples:
  ${MILLRACE} train pump --model pump-health
  ${MILLRACE} train pump --model pump-health --trainer random-forest --settings trees=200 --alias production`,
    )
    .action(async (dataSet: string, options: TrainOptions) => {
      if (!(await (await import('./train.ts')).train(dataSet, options, terminal))) throw new Unsuccessful();
    });

  add('evaluate')
    .description('Measure a model on a data set, or two models on the same examples.')
    .argument('<model>', 'NAME, NAME@VERSION or NAME@ALIAS')
    .argument('<data-set>', 'name of the data set')
    .option('--challenger <model>', 'another model, to be compared on the same examples')
    .option('--json', 'print the report as one line of JSON')
    .addOption(userDirOption())
    .addHelpText(
      'after',
      `
Examples that a model has learnt from are left out.

Examples:
  ${MILLRACE} evaluate pump-health pump
  ${MILLRACE} evaluate pump-health@production pump --challenger pump-health`,
    )
    .action(async (model: string, dataSet: string, options: EvaluateOptions) => {
      if (!(await (await import('./evaluate.ts')).evaluate(model, dataSet, options, terminal)))
        throw new Unsuccessful();
    });
}

const WHEN = ['auto', 'on', 'off'];
