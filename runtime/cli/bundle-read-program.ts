import type { Command } from 'commander';
import { MILLRACE } from './command-name.ts';
import { endWithParent } from './end-with-parent.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

export interface BundleReadOptions {
  readonly json?: true;
}

export interface BundleVerifyOptions extends BundleReadOptions {
  readonly userDir: string;
  readonly root?: string;
  readonly group?: string;
  readonly arch?: string;
}

export interface BundleTestOptions extends BundleReadOptions {
  readonly userDir: string;
}

const BUNDLE = 'a bundle file (.mrb), or the folder that one was unpacked to';

/** `millrace bundle show|diff|verify|test`: what they can do, with options and help. */
export function addBundleReadCommands(add: (name: string, description: string) => Command, terminal: Terminal): void {
  add('show', 'Say what a bundle holds, what must be set on the gateway, and what its signature says.')
    .argument('<bundle>', BUNDLE)
    .option('--json', 'print the result as one line of JSON')
    .action(async (bundle: string, options: BundleReadOptions) => {
      await (await import('./bundle-show.ts')).showBundle(bundle, options, terminal);
    });

  add('diff', 'Say in words what is different about a second bundle: nodes, wires, settings, models.')
    .argument('<before>', BUNDLE)
    .argument('<after>', BUNDLE)
    .option('--json', 'print the result as one line of JSON')
    .action(async (before: string, after: string, options: BundleReadOptions) => {
      await (await import('./bundle-diff.ts')).diff(before, after, options, terminal);
    });

  add('verify', 'Hold every file of a bundle against its description, and the description against its signature.')
    .argument('<bundle>', BUNDLE)
    .option('--root <file>', 'whom to trust (default: what the gateway of this user directory was paired with)')
    .option('--group <name>', 'would a gateway of this group take it? (default: any group)')
    .option('--arch <architecture>', 'would such a machine, linux-arm64 say, take it? (default: any machine)')
    .option('--json', 'print the result as one line of JSON')
    .addOption(userDirOption())
    .addHelpText(
      'after',
      `
Without a root nothing can be said of who signed the bundle: only that it is whole. What you do not ask about is not judged:
the group and the machine (give both to ask for a certain gateway), and the releases that a gateway has taken before. Only
without --root, in the user directory of a gateway, is a release older than its newest refused as it would be there. Node
packages are looked into when they are installed.

Exit code: 0 it is whole, and nothing that was asked speaks against it; 1 not.

Examples:
  ${MILLRACE} bundle verify pump.mrb --root root.json
  ${MILLRACE} bundle verify pump.mrb --root root.json --group north --arch linux-arm64`,
    )
    .action(async (bundle: string, options: BundleVerifyOptions) => {
      await (await import('./bundle-verify.ts')).verifyBundle(bundle, options, terminal);
    });

  add('test', "Run a bundle's own tests and its models' test vectors, as a gateway does before it takes it.")
    .argument('<bundle>', BUNDLE)
    .option('--json', 'print each result as a line of JSON, as it comes')
    .addOption(userDirOption())
    .addHelpText(
      'after',
      `
Tests run in virtual time, on what the bundle brings and nothing else. Its signature is not looked at.

Exit code: 0 all passed, 1 not all.`,
    )
    .action(async (bundle: string, options: BundleTestOptions) => {
      const { testBundle } = await import('./bundle-test.ts');
      if (!(await endWithParent(() => testBundle(bundle, options, terminal)))) throw new Unsuccessful();
    });
}
