import type { Command } from 'commander';
import { MILLRACE } from './command-name.ts';
import { addRootCommands } from './keys-root-program.ts';
import { addSigningCommands } from './keys-signing-program.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface KeysOptions {
  readonly userDir: string;
  readonly json?: true;
}

export interface KeysExportOptions extends KeysOptions {
  readonly output?: string;
}

export interface KeysRevealOptions extends KeysOptions {
  readonly keys?: string;
}

/** `millrace keys …`: what it can do, with options and help. What a command does is loaded when it runs. */
export function addKeysCommands(keys: Command, terminal: Terminal): void {
  keys.description('Make keys, sign bundles with them; read the fields that targets have encrypted.').addHelpText(
    'after',
    `
A gateway runs what is signed by a key that its root of trust names: docs/signing.md. For one person a key and a root are two
commands:
  ${MILLRACE} keys make release.key
  ${MILLRACE} keys root make root.json --key release.key
  ${MILLRACE} keys sign pump.mrb --key release.key

A target can leave out, hash or encrypt fields before a message is stored. The keys for that are made at first use and lie in
the user directory, in millrace/field-keys.json. Keep a copy: without them nobody can read what was encrypted.
  ${MILLRACE} keys show
  ${MILLRACE} keys export --output gateway-7.json
  ${MILLRACE} keys reveal messages.jsonl --keys gateway-7.json`,
  );
  addSigningCommands(keys, terminal);
  addRootCommands(keys, terminal);
  const add = (name: string, description: string) =>
    keys
      .command(name)
      .copyInheritedSettings(keys)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false)
      .description(description)
      .addOption(userDirOption());

  add('show', 'Say which keys there are, by their ids. The keys themselves stay unseen.')
    .option('--json', 'print the result as one line of JSON')
    .action(async (options: KeysOptions) => {
      await (await import('./keys-show.ts')).showKeys(options, terminal);
    });

  add('export', 'Write the keys, for a copy in a safe place or for whoever may read what this gateway encrypts.')
    .option('-o, --output <file>', 'where to, for its owner only (default: standard output)')
    .addHelpText(
      'after',
      `
Whoever has the keys can read every field that this gateway encrypts, and find out hashed values by trying. They cannot be
taken back. Send them over an encrypted way only, and never with the data.`,
    )
    .action(async (options: KeysExportOptions) => {
      await (await import('./keys-export.ts')).exportKeys(options, terminal);
    });

  add('reveal', 'Read messages, one a line as JSON, and print them with their encrypted fields opened.')
    .argument('<file>', 'a file of JSON lines; - is standard input')
    .option('-k, --keys <file>', 'what "keys export" wrote on the gateway (default: the keys of this user directory)')
    .addHelpText(
      'after',
      `
What is left out or hashed cannot be brought back. A field that cannot be opened stays as it is, as does a line that is no
JSON; the exit code is then 1.`,
    )
    .action(async (file: string, options: KeysRevealOptions) => {
      await (await import('./keys-reveal.ts')).revealFields(file, options, terminal);
    });
}
