import type { Command } from 'commander';
import { MILLRACE } from './command-name.ts';
import type { Terminal } from './terminal.ts';

export interface KeysMakeOptions {
  readonly json?: true;
}

export interface KeysSignOptions {
  readonly key: readonly string[];
  readonly version?: string;
  readonly expires?: string;
  readonly group?: string;
  readonly output?: string;
  readonly json?: true;
}

/** `millrace keys make` and `millrace keys sign`. */
export function addSigningCommands(keys: Command, terminal: Terminal): void {
  const add = (name: string, description: string) =>
    keys
      .command(name)
      .copyInheritedSettings(keys)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false)
      .description(description);

  add('make', 'Make a key to sign with. Whoever has it can sign in its name.')
    .argument('<file>', 'where to; the public key, which others may have, goes beside it as FILE.pub')
    .option('--json', 'print the result as one line of JSON')
    .addHelpText(
      'after',
      `
The file is for its owner only. Keep a copy where nobody else finds it: a lost key cannot be made again.`,
    )
    .action(async (file: string, options: KeysMakeOptions) => {
      await (await import('./keys-make.ts')).makeKey(file, options, terminal);
    });

  add('sign', 'Sign a bundle: gateways run only what is signed by keys that their root of trust names.')
    .argument('<bundle>', 'a bundle (.mrb)')
    .requiredOption('-k, --key <file>', 'the key to sign with; may be given several times', collect)
    .option('--version <number>', 'of this release, a gateway takes only newer ones (default: minutes since 2020)')
    .option('--expires <when>', 'a date (2027-11-22) or days from now (90d): not installed after that (default: 365d)')
    .option('--group <name>', 'only for gateways of this group (default: any)')
    .option('-o, --output <file>', 'where to (default: in place)')
    .option('--json', 'print the result as one line of JSON')
    .addHelpText(
      'after',
      `
Where a root asks for several signatures, everybody signs the same file in turn: what others have signed is not made anew,
your signature is added to theirs, unless you give a version, expiry or group.

Examples:
  ${MILLRACE} keys sign pump.mrb --key release.key
  ${MILLRACE} keys sign pump.mrb --key release.key --group press-shop --expires 90d`,
    )
    .action(async (bundle: string, options: KeysSignOptions) => {
      await (await import('./keys-sign.ts')).signFile(bundle, options, terminal);
    });
}

/** Of an option that may be given several times. */
export const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];
