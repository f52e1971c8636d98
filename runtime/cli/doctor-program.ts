import type { Command } from 'commander';
import { MILLRACE } from './command-name.ts';
import { endWithParent } from './end-with-parent.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

export interface DoctorOptions {
  readonly userDir: string;
  readonly profile?: true;
  readonly on?: string;
  readonly boards?: true;
  readonly maxMemory?: string;
  readonly json?: true;
}

/** `millrace doctor`: its options and help. What it does is loaded when it runs. */
export function addDoctorCommand(doctor: Command, terminal: Terminal): void {
  doctor
    .description('Say what is wrong with this installation and how to mend it, or whether a bundle fits.')
    .argument('[bundle]', 'a bundle, as its file (.mrb) or the folder that it was unpacked to: will it fit?')
    .option('--profile', 'print what this machine is and has, as it was measured')
    .option('--on <file>', 'ask of another machine, whose profile is in this file')
    .option(
      '--boards',
      'ask boards what they can do, those on serial ports or those that the bundle names: most restart when they are asked',
    )
    .option('--max-memory <MB>', 'the most memory that a flow may take there (default: by the machine)')
    .option('--json', 'print the result as one line of JSON')
    .addOption(userDirOption())
    .addHelpText(
      'after',
      `
Nothing is changed. It takes a few seconds, since it measures: how quickly models run here, and how quickly the disk flushes.
With a bundle, its models are run here once. docs/doctor.md has every finding.

Exit code: 0 all is well or only warnings, 1 an error was found or the bundle does not fit, 2 wrong use.

Examples:
  ${MILLRACE} doctor
  ${MILLRACE} doctor pump.mrb                                  will it fit on this machine?
  ${MILLRACE} doctor --profile --json > gateway-7.json         on the gateway
  ${MILLRACE} doctor pump.mrb --on gateway-7.json              will it fit there?`,
    )
    .action(async (bundle: string | undefined, options: DoctorOptions) => {
      // No check of Node.js here: that it is too old is a finding.
      const { doctor: examine } = await import('./doctor.ts');
      if (!(await endWithParent(() => examine(bundle, options, terminal)))) throw new Unsuccessful();
    });
}
