import type { Command } from 'commander';
import { addBundleReadCommands } from './bundle-read-program.ts';
import { checkNode } from './check-node.ts';
import { MILLRACE } from './command-name.ts';
import { userDirOption } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface BundlePackOptions {
  readonly userDir: string;
  readonly output?: string;
  readonly name?: string;
  readonly tab?: readonly string[];
  readonly allow?: readonly string[];
  readonly arch?: readonly string[];
  readonly localAlias?: readonly string[];
  readonly tests: boolean;
  readonly dryRun?: true;
  readonly json?: true;
}

/** `millrace bundle …`: what it can do, with options and help. What a command does is loaded when it runs. */
export function addBundleCommands(bundle: Command, terminal: Terminal, engines: { readonly node: string }): void {
  bundle.hook('preAction', () => checkNode(process.versions.node, engines.node));
  bundle
    .description(
      'Make, read, compare and test bundles: a flow for a gateway, in one file with everything that it needs.',
    )
    .addHelpText(
      'after',
      `
A bundle is a plain tar: "tar tvf pump.mrb" lists it.

Examples:
  ${MILLRACE} bundle pack pump
  ${MILLRACE} bundle test pump.mrb
  ${MILLRACE} keys sign pump.mrb --key release.pem
  ${MILLRACE} bundle verify pump.mrb --root root.json
  ${MILLRACE} bundle diff pump-in-use.mrb pump.mrb`,
    );
  const add = (name: string, description: string) =>
    bundle
      .command(name)
      .copyInheritedSettings(bundle)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false)
      .description(description);

  add('pack', 'Put a flow with its models, tests and recordings into one file.')
    .argument('[flow]', 'a flow that comes with Millrace, or a flow file (default: the flow that "start" opens)')
    .option('-o, --output <file>', 'where to (default: the name of the flow, here)')
    .option('--name <name>', 'what the bundle is called (default: as its flow)')
    .option('--tab <tab>', 'only this tab, by its label or id, and what it needs; may be given several times', collect)
    .option('--allow <what>', 'let nodes run on the gateway that can do anything there, such as exec or file', collect)
    .option('--arch <architecture>', 'for these machines only, such as linux-arm64', collect)
    .option('--local-alias <model>', 'leave this model, such as pump@production, to the gateway', collect)
    .option('--no-tests', 'without the tests of the flow')
    .option('--dry-run', 'say what goes in, and write nothing')
    .option('--json', 'print the result as one line of JSON')
    .addOption(userDirOption())
    .addHelpText(
      'after',
      `
Models, recordings, passwords and the packages of other nodes are taken from the user directory. Passwords are never in a
bundle: it says under which name each is set on the gateway. The same input gives the same bytes.

Examples:
  ${MILLRACE} bundle pack pump
  ${MILLRACE} bundle pack ./my-flow.json -o my-flow.mrb --allow exec
  ${MILLRACE} bundle pack --dry-run`,
    )
    .action(async (flow: string | undefined, options: BundlePackOptions) => {
      await (await import('./bundle-pack.ts')).packFlow(flow, options, terminal);
    });

  addBundleReadCommands(add, terminal);
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];
