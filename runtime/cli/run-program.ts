import type { Command } from 'commander';
import { checkNode } from './check-node.ts';
import { MILLRACE } from './command-name.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface RunOptions {
  readonly userDir: string;
  readonly root?: string;
  readonly unsigned?: true;
  readonly group: string;
  readonly settings?: string;
  readonly port?: string;
  readonly host: string;
  readonly maxMemory?: string;
  readonly allowRoot?: true;
  /** The digest of what the supervisor has accepted, where it says it. */
  readonly supervised?: true | string;
  readonly json?: true;
}

/** `millrace run`. */
export function addRunCommand(run: Command, terminal: Terminal, engines: { readonly node: string }): void {
  run
    .description('Run a bundle: no editor, no admin API, and only the nodes that its flow uses.')
    .argument('<bundle>', 'a bundle file (.mrb), or the folder that one was unpacked to')
    .addOption(userDirOption())
    .option('--root <file>', 'whom to trust (default: what the gateway was paired with)')
    .option('--unsigned', 'run it without looking at its signature')
    .option('--group <name>', 'the group that this device belongs to', 'any')
    .option('--settings <file>', 'settings of this device (default: settings.env in the user directory)')
    .option(
      '-p, --port <port>',
      'serve what the flow serves, and /metrics, there (default: only if the flow serves HTTP)',
    )
    .option('--host <address>', 'address to listen on; others than this machine need a password', '127.0.0.1')
    .option('--max-memory <MB>', 'the most memory to take; the run then ends in order (default: by this machine)')
    .option('--allow-root', 'run as root, which lets the flow do anything to this machine')
    .option('--supervised [digest]', 'started by millrace gateway, which has accepted the bundle of this digest')
    .option('--json', 'print what runs as one line of JSON')
    .addHelpText(
      'after',
      `
What a bundle leaves to the device (addresses, passwords) is taken from the environment, or else from settings.env in the
user directory; ${MILLRACE} gateway set NAME writes it there. Nothing starts while a setting is missing.

A bundle is unpacked below the user directory once, and only a release that is not older than the last one runs.

Exit code: 0 stopped, 1 not started, 2 wrong use, 3 ended at its memory ceiling and to be started again.

Examples:
  ${MILLRACE} run pump.mrb --root root.json
  ${MILLRACE} run pump.mrb --unsigned --port 1880 --user-dir /var/lib/millrace`,
    )
    .action(async (bundle: string, options: RunOptions) => {
      checkNode(process.versions.node, engines.node);
      await (await import('./run-bundle.ts')).runBundle(bundle, options, terminal);
    });
}
