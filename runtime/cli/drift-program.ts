import { type Command, Option } from 'commander';
import { DRIFT_SPANS, type DriftSpan } from '../messages/index.ts';
import { MILLRACE } from './command-name.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface DriftOptions {
  readonly userDir: string;
  readonly json?: true;
}

export interface DriftReportOptions extends DriftOptions {
  readonly output?: string;
  readonly span: DriftSpan;
}

/** `millrace drift …`: what it can do, with options and help. What a command does is loaded when it runs. */
export function addDriftCommands(drift: Command, terminal: Terminal): void {
  drift.description('See whether data still look as they did when the model was trained; print a report.').addHelpText(
    'after',
    `
A drift node writes down what it finds as it goes; these commands read that, also while Millrace runs. NODE is the name
of a drift node as the list shows it, or its id.

Examples:
  ${MILLRACE} drift list
  ${MILLRACE} drift show pump
  ${MILLRACE} drift report pump --output pump.html`,
  );
  const add = (name: string, description: string) =>
    drift
      .command(name)
      .copyInheritedSettings(drift)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false)
      .description(description)
      .option('--json', 'print the result as one line of JSON')
      .addOption(userDirOption());

  add('list', 'List what is watched on this machine, or was, and how it stands.').action(
    async (options: DriftOptions) => {
      await (await import('./drift-list.ts')).listDrift(options, terminal);
    },
  );

  add('show', 'Say which features moved, by how much, since when and how sure that is.')
    .argument('<node>', 'name or id of a drift node')
    .action(async (node: string, options: DriftOptions) => {
      await (await import('./drift-show.ts')).showDrift(node, options, terminal);
    });

  add('report', 'Write a page with pictures that can be printed or sent: one HTML file.')
    .argument('[node]', 'name or id of a drift node (default: all)')
    .option('-o, --output <file>', 'where to; - is standard output (default: drift-report.html here)')
    .addOption(new Option('--span <span>', 'how far back the courses reach').choices([...DRIFT_SPANS]).default('all'))
    .action(async (node: string | undefined, options: DriftReportOptions) => {
      await (await import('./drift-report.ts')).reportDrift(node, options, terminal);
    });

  add('forget', 'Remove what is kept of a drift node: its past, and the reference that it has learned.')
    .argument('<node>', 'name or id of a drift node')
    .addHelpText(
      'after',
      `
For a node that is gone. One that still runs writes itself down again; to let it learn anew, use its button in the
sidebar.`,
    )
    .action(async (node: string, options: DriftOptions) => {
      await (await import('./drift-forget.ts')).forgetDrift(node, options, terminal);
    });
}
