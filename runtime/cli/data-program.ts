import { type Command, Option } from 'commander';
import { MILLRACE } from './command-name.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

export interface DataOptions {
  readonly userDir: string;
  readonly json?: true;
}

export interface DataImportOptions extends DataOptions {
  readonly labelColumn?: string;
  readonly groupColumn?: string;
  readonly timeColumn?: string;
  readonly label?: string;
}

export interface DataExportOptions extends DataOptions {
  readonly format?: 'csv' | 'parquet';
}

export interface DataFreezeOptions extends DataOptions {
  readonly note?: string;
}

export interface DataCheckOptions extends DataOptions {
  readonly mend?: true;
}

/** `millrace data …`: what it can do, with options and help. What a command does is loaded when it runs. */
export function addDataCommands(data: Command, terminal: Terminal): void {
  data.description('See, fill and check the data sets of labelled examples on this machine.').addHelpText(
    'after',
    `
Examples:
  ${MILLRACE} data import bearings measured.csv --label-column state
  ${MILLRACE} data check bearings
  ${MILLRACE} data export bearings bearings.parquet`,
  );
  const add = (name: string, description: string) =>
    data
      .command(name)
      .copyInheritedSettings(data)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false)
      .description(description)
      .option('--json', 'print the result as one line of JSON')
      .addOption(userDirOption());

  add('list', 'List the data sets, with their labels.').action(async (options: DataOptions) => {
    await (await import('./data-list.ts')).listData(options, terminal);
  });

  add('show', 'Show what a data set holds, and what should be known of it.')
    .argument('<name>', 'the data set')
    .action(async (name: string, options: DataOptions) => {
      await (await import('./data-show.ts')).showData(name, options, terminal);
    });

  add('import', 'Take the rows of a CSV, JSONL or Parquet file, or a recording, as examples.')
    .argument('<name>', 'the data set; it is made if it is not there')
    .argument('<file>', 'a file, or the name of a recording')
    .option(
      '--label-column <name>',
      'column of the labels (default: label, class or target, else the last one of texts)',
    )
    .option('--group-column <name>', 'column that says which rows belong together (default: group)')
    .option('--time-column <name>', 'column of the time (default: by its name)')
    .option('--label <label>', 'give every example this label')
    .addHelpText(
      'after',
      `
All rows that can be read come in, or none. Rows with a gap or a text where a number belongs are left out and counted.

Examples:
  ${MILLRACE} data import bearings measured.csv --label-column state
  ${MILLRACE} data import bearings pump@20261121-054012 --label worn`,
    )
    .action(async (name: string, file: string, options: DataImportOptions) => {
      await (await import('./data-import.ts')).importData(name, file, options, terminal);
    });

  add('export', 'Write a data set to a CSV or Parquet file: one row an example.')
    .argument('<name>', 'the data set')
    .argument('[file]', 'where to; - is standard output (default: NAME.csv here)')
    .addOption(
      new Option('--format <format>', 'csv or parquet (default: as the file is called)').choices(['csv', 'parquet']),
    )
    .action(async (name: string, file: string | undefined, options: DataExportOptions) => {
      await (await import('./data-export.ts')).exportData(name, file, options, terminal);
    });

  add('freeze', 'Keep the examples as they are now as a version, which a training can name later.')
    .argument('<name>', 'the data set')
    .option('--note <text>', 'what it is, for people')
    .action(async (name: string, options: DataFreezeOptions) => {
      await (await import('./data-freeze.ts')).freezeData(name, options, terminal);
    });

  add('check', 'Say what should be known before training, and whether every file can be read.')
    .argument('<name>', 'the data set')
    .option('--mend', 'take out the examples whose file is damaged')
    .addHelpText('after', '\nExit code: 0 nothing stands in the way, 1 something does.')
    .action(async (name: string, options: DataCheckOptions) => {
      if (!(await (await import('./data-check.ts')).checkData(name, options, terminal))) throw new Unsuccessful();
    });

  add('remove', 'Remove a data set with all of its examples, or one version of it.')
    .argument('<name>', 'the data set, or NAME@ and the first digits of a version')
    .action(async (name: string, options: DataOptions) => {
      await (await import('./data-remove.ts')).removeData(name, options, terminal);
    });
}
