import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkNode } from './check-node.ts';
import { MILLRACE } from './command-name.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Every command with its options and help. What a command does is loaded when it runs. */
export function createProgram(terminal: Terminal): Command {
  const { version, engines } = manifest();
  const program = new Command(MILLRACE)
    .description('Machine learning on sensor data by dragging and wiring: from a board to the cloud.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
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
  readonly userDir: string;
  readonly flow?: string;
  readonly headless?: true;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly json?: true;
}

export interface PasswdOptions {
  readonly userDir: string;
  readonly user: string;
  readonly remove?: true;
}

function manifest() {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
    readonly engines: { readonly node: string };
  };
}
