import { Command } from 'commander';
import { addBundleCommands } from './bundle-program.ts';
import { checkNode } from './check-node.ts';
import { MILLRACE } from './command-name.ts';
import { addDataCommands } from './data-program.ts';
import { addDoctorCommand } from './doctor-program.ts';
import { addDriftCommands } from './drift-program.ts';
import { addGatewayCommands } from './gateway-program.ts';
import { addKeysCommands } from './keys-program.ts';
import { addLearningCommands } from './learning-program.ts';
import { readManifest } from './manifest.ts';
import { addModelCommands } from './model-program.ts';
import { addRunCommand } from './run-program.ts';
import { userDirOption } from './options.ts';
import { addOutboxCommands } from './outbox-program.ts';
import type { Terminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

/** Every command with its options and help. What a command does is loaded when it runs. */
export function createProgram(terminal: Terminal): Command {
  const { version, engines } = readManifest();
  const program = new Command(MILLRACE)
    .description('Machine learning on sensor data by dragging and wiring: from a board to the cloud.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    // So that an option after a command belongs to it, also one that is called --version.
    .enablePositionalOptions()
    .showHelpAfterError('(add --help to see what is possible)')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, 'millrace:')) })
    .exitOverride();

  const add = (name: string) =>
    program
      .command(name)
      .copyInheritedSettings(program)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false);

  add('start')
    .description('Start the editor and run the flows. Ctrl-C stops them and loses nothing.')
    .option('-p, --port <port>', 'port of the editor; 0 takes a free one', '1880')
    .option('--host <address>', 'address to listen on; others than this machine need a password', '127.0.0.1')
    .option('--gateway-port <port>', 'port where paired gateways reach this studio; 0 takes a free one', '1881')
    .addOption(userDirOption())
    .option('--flow <name-or-file>', 'a flow that comes with Millrace, or a flow file (default: the pump demo)')
    .option('--headless', 'run the flows without editor and admin API, for a gateway')
    .option('--tls-cert <file>', 'PEM certificate: serve https')
    .option('--tls-key <file>', 'PEM key of the certificate')
    .option('--json', 'print what runs as one line of JSON')
    .addHelpText(
      'after',
      `
A flow that comes with Millrace is copied into the user directory when it is first started; later starts open that
copy with your edits. A flow file is edited in place. Your edits are never overwritten.

Examples:
  ${MILLRACE} start                                  the pump demo, at http://127.0.0.1:1880/
  ${MILLRACE} start --port 0 --flow ./my-flow.json   a flow file of your own, on any free port
  ${MILLRACE} start --headless --user-dir /var/lib/millrace`,
    )
    .action(async (options: StartOptions) => {
      checkNode(process.versions.node, engines.node);
      await (await import('./start.ts')).start(options, terminal);
    });

  add('test')
    .description('Run the tests of flows, in virtual time: an hour takes seconds.')
    .argument('[flow...]', 'flows that come with Millrace, or flow files (default: every flow that has tests)')
    .option('-t, --test <name>', 'run only this test; may be given several times', collect)
    .option('-w, --watch', 'run again what changes: the flow, a test or a recording')
    .option('--json', 'print each result as a line of JSON, as it comes')
    .option('--junit <file>', 'write the results as JUnit XML')
    .addOption(userDirOption())
    .addHelpText(
      'after',
      `
Tests lie beside a flow file in its folder "tests", and in the user directory in "tests/FLOW". They play recordings and
expect what the flow makes of them; docs/flow-tests.md has the words. Nothing leaves this process: boards are virtual,
uploads stay in memory, and nodes that reach a network, a file or a program only note what they are given.

Exit code: 0 all passed, 1 not all, 2 wrong use.

Examples:
  ${MILLRACE} test                         every flow that has tests
  ${MILLRACE} test pump --watch            one flow, again whenever something changes
  ${MILLRACE} test ./my-flow.json --junit results.xml`,
    )
    .action(async (flows: string[], options: TestOptions) => {
      checkNode(process.versions.node, engines.node);
      if (!(await (await import('./test.ts')).test(flows, options, terminal))) throw new Unsuccessful();
    });

  addRunCommand(add('run'), terminal, engines);
  addBundleCommands(add('bundle'), terminal, engines);
  addModelCommands(add('model'), terminal);
  addDataCommands(add('data'), terminal);
  addLearningCommands(add, terminal);
  addDriftCommands(add('drift'), terminal);
  addKeysCommands(add('keys'), terminal);
  addOutboxCommands(add('outbox'), terminal);
  addGatewayCommands(add('gateway'), terminal, engines);

  addDoctorCommand(add('doctor'), terminal);

  add('passwd')
    .description('Set the admin password, which a server that other machines reach must have.')
    .addOption(userDirOption())
    .option('--user <name>', 'name to sign in with', 'admin')
    .option('--remove', 'remove the password: only this machine is served then')
    .addHelpText(
      'after',
      `
The password is asked for twice; in a script, pipe it in as one line. It holds from the next start on.

Examples:
  ${MILLRACE} passwd
  printf '%s\\n' "$SECRET" | ${MILLRACE} passwd --user-dir /var/lib/millrace`,
    )
    .action(async (options: PasswdOptions) => (await import('./passwd.ts')).passwd(options, terminal));

  program.addHelpText('after', `\nBegin with: ${MILLRACE} start`);
  return program;
}

export interface StartOptions {
  readonly port: string;
  readonly host: string;
  readonly gatewayPort: string;
  readonly userDir: string;
  readonly flow?: string;
  readonly headless?: true;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly json?: true;
}

export interface TestOptions {
  readonly userDir: string;
  readonly test?: readonly string[];
  readonly watch?: true;
  readonly json?: true;
  readonly junit?: string;
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

export interface PasswdOptions {
  readonly userDir: string;
  readonly user: string;
  readonly remove?: true;
}
