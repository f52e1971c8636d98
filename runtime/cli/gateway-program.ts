import type { Command } from 'commander';
import { checkNode } from './check-node.ts';
import { MILLRACE } from './command-name.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

export interface GatewayOptions {
  readonly userDir: string;
  readonly json?: true;
}

export interface GatewayStartOptions extends GatewayOptions {
  readonly name?: string;
  readonly group?: string;
  readonly probation?: string;
  readonly maxMemory?: string;
  readonly port?: string;
  readonly host?: string;
  readonly allowRoot?: true;
}

export interface GatewayLogOptions extends GatewayOptions {
  readonly follow?: true;
  readonly lines: string;
}

export interface GatewayDeployOptions extends GatewayOptions {
  readonly wait: boolean;
}

export interface GatewayPairOptions extends GatewayOptions {
  readonly name?: string;
  readonly root?: string;
}

export interface GatewaySetOptions {
  readonly userDir: string;
  readonly remove?: true;
}

export interface GatewayInstallOptions {
  readonly userDir?: string;
  readonly user: string;
  readonly service: string;
  readonly maxMemory?: string;
  readonly port?: string;
  readonly print?: true;
  readonly yes?: true;
  readonly root: string;
}

/** `millrace gateway …`: what it can do, with options and help. What a command does is loaded when it runs. */
export function addGatewayCommands(gateway: Command, terminal: Terminal, engines: { readonly node: string }): void {
  gateway.hook('preAction', () => checkNode(process.versions.node, engines.node));
  gateway.description('Run a bundle for months: keep it up, take new ones, go back from bad ones.').addHelpText(
    'after',
    `
A gateway runs what a studio deploys to it, or what comes on a USB stick; docs/gateways.md begins with an empty device.

Examples:
  sudo ${MILLRACE} gateway install                 write a systemd unit that runs it from every boot on
  ${MILLRACE} gateway pair CODE                    take bundles from a studio: its sidebar shows the code
  ${MILLRACE} gateway trust root.json              take bundles that were signed elsewhere, as from a USB stick
  ${MILLRACE} gateway deploy /media/usb/pump.mrb
  ${MILLRACE} gateway status`,
  );
  const add = (name: string, description: string) =>
    gateway
      .command(name)
      .copyInheritedSettings(gateway)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false)
      .description(description);
  const withUserDir = (name: string, description: string) => add(name, description).addOption(userDirOption());
  const JSON_OPTION = ['--json', 'print the result as one line of JSON'] as const;

  withUserDir('start', 'Keep the bundle of this gateway running. Ctrl-C stops it and loses nothing.')
    .option('--name <name>', 'what the studio calls it; kept for later starts (default: the host’s name)')
    .option('--group <group>', 'takes releases that are signed for this group; kept for later starts (default: any)')
    .option('--probation <minutes>', 'how long a new bundle is watched before it is the last good one', '5')
    .option(
      '--max-memory <MB>',
      'what the flow may take before it is started anew (default: what the machine can spare)',
    )
    .option(
      '-p, --port <port>',
      'port for what the flow serves and for /metrics (default: only if the flow serves something)',
    )
    .option('--host <address>', 'address to listen on with --port')
    .option('--allow-root', 'run as root, which lets the flow do anything to this machine')
    .option(...JSON_OPTION)
    .action(async (options: GatewayStartOptions) => {
      await (await import('./gateway-start.ts')).startGatewayCommand(options, terminal);
    });

  withUserDir('pair', 'Take bundles from a studio: its sidebar, part "Gateways", shows the code.')
    .argument('<code>', 'one line that begins with "millrace1."; good once, for 15 minutes')
    .option('--name <name>', 'what the studio calls it; kept for later starts (default: the host’s name)')
    .option(
      '--root <keep|replace>',
      'where bundles of another origin are trusted already: stay with that, or trust the studio',
    )
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      `
The gateway reaches out to the studio: it needs no open port. Both prove that they know the code; from then on they know each
other by their keys. A gateway that runs already connects by itself.`,
    )
    .action(async (code: string, options: GatewayPairOptions) => {
      await (await import('./gateway-pair.ts')).gatewayPair(code, options, terminal);
    });

  withUserDir('status', 'Say what runs, how it is, and what is the matter.')
    .option(...JSON_OPTION)
    .addHelpText('after', `\nExit code: 0 its flow runs, 1 it does not.`)
    .action(async (options: GatewayOptions) => {
      if (!(await (await import('./gateway-status.ts')).gatewayStatus(options, terminal))) throw new Unsuccessful();
    });

  withUserDir('log', 'Print the log of the flow and of its supervisor.')
    .option('-f, --follow', 'go on with what comes')
    .option('-n, --lines <count>', 'newest lines to begin with', '200')
    .option(...JSON_OPTION)
    .action(async (options: GatewayLogOptions) => {
      await (await import('./gateway-log.ts')).gatewayLog(options, terminal);
    });

  withUserDir(
    'deploy',
    'Deploy a signed bundle from a file. Works without a network, also while the gateway is stopped.',
  )
    .argument('<file>', 'a bundle: pump.mrb')
    .option('--no-wait', 'do not wait until it has held or was gone back from')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      `
It is refused unless keys that this gateway trusts have signed it ("${MILLRACE} keys sign" does; "${MILLRACE} gateway trust"
says whose). It is then tested on the device, started, and watched for some minutes; if it is not healthy the old one
comes back by itself.

Exit code: 0 it runs, 1 it was refused or gone back from.`,
    )
    .action(async (file: string, options: GatewayDeployOptions) => {
      if (!(await (await import('./gateway-deploy.ts')).gatewayDeploy(file, options, terminal))) {
        throw new Unsuccessful();
      }
    });

  withUserDir('restart', 'Start the flow anew. It finishes what it has in hand first.').action(
    async (options: GatewayOptions) => {
      await (await import('./gateway-restart.ts')).gatewayRestart(options, terminal);
    },
  );

  withUserDir('roll-back', 'Go back to the last good bundle.').action(async (options: GatewayOptions) => {
    await (await import('./gateway-restart.ts')).gatewayRollBack(options, terminal);
  });

  withUserDir('set', 'Set what a bundle leaves to the device: a password, a `${NAME}` of its flow. It is asked for.')
    .argument('<name>', 'as "bundle show" and the refusal of a bundle name it: CLOUD_PASSWORD')
    .option('--remove', 'take it away')
    .addHelpText(
      'after',
      `
The value is sealed with the device's key and kept in settings.env of the user directory. In a script, pipe it in as one
line. It holds from the flow's next start on: ${MILLRACE} gateway restart.`,
    )
    .action(async (name: string, options: GatewaySetOptions) => {
      await (await import('./gateway-set.ts')).gatewaySet(name, options, terminal);
    });

  withUserDir(
    'trust',
    'Pin a root: say by whose keys bundles must be signed. Later ones must be signed by the one before.',
  )
    .argument('<root...>', 'files that "keys root make" or "keys root rotate" wrote')
    .option(...JSON_OPTION)
    .action(async (files: string[], options: GatewayOptions) => {
      await (await import('./gateway-trust.ts')).gatewayTrust(files, options, terminal);
    });

  add('install', 'Write a systemd unit that runs this gateway from every boot on.')
    .option('--user <name>', 'system user that it runs as; made if there is none', 'millrace')
    .option('--user-dir <folder>', 'where everything is kept (default: /var/lib/millrace)')
    .option('--service <name>', 'name of the unit', 'millrace-gateway')
    .option('--max-memory <MB>', 'most memory of the service (default: three quarters of the machine’s)')
    .option('-p, --port <port>', 'port for what the flow serves and for /metrics')
    .option('--print', 'print the unit, and write nothing')
    .option('-y, --yes', 'do not ask')
    .option('--root <folder>', 'write below this folder, as into the image of a device', '/')
    .addHelpText(
      'after',
      `
Needs root, and says first what it will do: the unit's file, the user, and which libraries for other platforms it deletes.`,
    )
    .action(async (options: GatewayInstallOptions) => {
      await (await import('./gateway-install.ts')).gatewayInstall(options, terminal);
    });
}
