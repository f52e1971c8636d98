import type { Command } from 'commander';
import { MILLRACE } from './command-name.ts';
import { collect } from './keys-signing-program.ts';
import type { Terminal } from './terminal.ts';

/** Who may sign; what is left out stays as it was, or is whoever signs now. */
export interface RootRoleOptions {
  readonly key: readonly string[];
  readonly rootKey?: readonly string[];
  readonly rootThreshold?: string;
  readonly releaseKey?: readonly string[];
  readonly releaseThreshold?: string;
  readonly expires?: string;
}

export interface RootRotateOptions extends RootRoleOptions {
  readonly output: string;
}

export interface RootSignOptions {
  readonly key: readonly string[];
  readonly after?: string;
}

export interface RootShowOptions {
  readonly after?: string;
  readonly json?: true;
}

/** `millrace keys root …` */
export function addRootCommands(keys: Command, terminal: Terminal): void {
  const root = keys
    .command('root')
    .copyInheritedSettings(keys)
    .helpOption('-h, --help', 'show this help')
    .description('Say which keys gateways trust: make a root of trust, exchange it for a newer one, sign it, show it.')
    .addHelpText(
      'after',
      `
A root names two sets of keys and how many of each must sign: the release keys, for bundles, and the root keys, for the next
root. A gateway is given one when it is set up, and follows newer ones that enough keys of the old one have signed. Keep
root keys off the network: they are needed once in a while.

Examples:
  ${MILLRACE} keys root make root.json --key release.key
  ${MILLRACE} keys root make root.json --key ann.key --root-key ann.key.pub --root-key bob.key.pub --root-key cy.key.pub \\
      --root-threshold 2 --release-key ci.key.pub
  ${MILLRACE} keys root sign root.json --key bob.key
  ${MILLRACE} keys root rotate root.json --output root-2.json --key ann.key --release-key ci-new.key.pub`,
    );
  const add = (name: string, description: string) =>
    root
      .command(name)
      .copyInheritedSettings(root)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false)
      .description(description);
  const addRoles = (command: Command, otherwise: string) =>
    command
      .requiredOption('-k, --key <file>', 'a root key to sign with; may be given several times', collect)
      .option('--root-key <file>', `a root key, public (default: ${otherwise}); may be given several times`, collect)
      .option('--root-threshold <number>', 'how many root keys must sign the next root')
      .option(
        '--release-key <file>',
        `a release key, public (default: ${otherwise}); may be given several times`,
        collect,
      )
      .option('--release-threshold <number>', 'how many release keys must sign a bundle')
      .option(
        '--expires <when>',
        'a date (2031-11-22) or days from now: gateways then ask for a newer one (default: 1825d)',
      );

  addRoles(add('make', 'Make the first root.').argument('<file>', 'where to'), 'those that sign').action(
    async (file: string, options: RootRoleOptions) => {
      await (await import('./keys-root-make.ts')).makeFirstRoot(file, options, terminal);
    },
  );

  addRoles(
    add('rotate', 'Make the root that follows another: other keys, another threshold, a later expiry.')
      .argument('<file>', 'the newest root there is')
      .requiredOption('-o, --output <file>', 'where to'),
    'as before',
  ).action(async (file: string, options: RootRotateOptions) => {
    await (await import('./keys-root-make.ts')).rotateRoot(file, options, terminal);
  });

  add('sign', 'Add signatures to a root, where several must sign.')
    .argument('<file>', 'the root; it is changed in place')
    .requiredOption('-k, --key <file>', 'a root key to sign with; may be given several times', collect)
    .option('--after <file>', 'the root before it, to say whether enough of its keys have signed')
    .action(async (file: string, options: RootSignOptions) => {
      await (await import('./keys-root-sign.ts')).signRoot(file, options, terminal);
    });

  add('show', 'Say what a root trusts, and who has signed it.')
    .argument('<file>', 'the root')
    .option('--after <file>', 'the root before it, to say whether enough of its keys have signed')
    .option('--json', 'print the result as one line of JSON')
    .action(async (file: string, options: RootShowOptions) => {
      await (await import('./keys-root-show.ts')).showRoot(file, options, terminal);
    });
}
