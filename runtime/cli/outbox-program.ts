import { type Command, InvalidArgumentError } from 'commander';
import { MILLRACE } from './command-name.ts';
import { userDirOption } from './options.ts';
import { TABLE } from '../outbox/schema.ts';
import type { Terminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

export interface OutboxOptions {
  readonly userDir: string;
  readonly json?: true;
}

export interface DeadListOptions extends OutboxOptions {
  readonly body?: true;
  readonly limit: number;
}

export interface DeadDeleteOptions extends OutboxOptions {
  readonly all?: true;
}

export interface LedgerOptions extends OutboxOptions {
  readonly output?: string;
}

export interface VerifyOptions extends OutboxOptions {
  readonly ledger?: string;
  readonly destination?: string;
  readonly stream?: readonly string[];
  readonly table: string;
  readonly ca?: string;
  readonly endpoint?: string;
  readonly region: string;
}

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** `millrace outbox …`: what it can do, with options and help. What a command does is loaded when it runs. */
export function addOutboxCommands(outbox: Command, terminal: Terminal): void {
  outbox
    .description('See what waits to be sent and why; deal with what was refused; say what a receiver must hold.')
    .addHelpText(
      'after',
      `
While Millrace runs it holds the queue: list, show and ledger then read the file that it writes every ten seconds, and
whatever changes something is done in the sidebar, part "Outbox". DESTINATION is the name of a target, its id, or how
one of them begins.

Examples:
  ${MILLRACE} outbox list
  ${MILLRACE} outbox show built-in
  ${MILLRACE} outbox dead list cloud --body
  ${MILLRACE} outbox ledger --output ledger.json      to compare with what the receiver holds
  ${MILLRACE} outbox verify cloud.sqlite --ledger ledger.json`,
    );
  const adder = (parent: Command) => (name: string, description: string) =>
    parent
      .command(name)
      .copyInheritedSettings(parent)
      .helpOption('-h, --help', 'show this help')
      .allowExcessArguments(false)
      .description(description)
      .option('--json', 'print the result as one line of JSON')
      .addOption(userDirOption());
  const add = adder(outbox);
  const DESTINATION = ['<destination>', 'name or id of a target'] as const;
  const LETTERS = ['[letter...]', 'numbers of the messages, as "dead list" shows them'] as const;

  add('list', 'List the destinations: what waits for each, since when, and what is the matter.').action(
    async (options: OutboxOptions) => {
      await (await import('./outbox-list.ts')).listOutbox(options, terminal);
    },
  );

  add('show', 'Say how a destination is: what waits, what was acknowledged, gaps, refused messages.')
    .argument(...DESTINATION)
    .action(async (destination: string, options: OutboxOptions) => {
      await (await import('./outbox-show.ts')).showOutbox(destination, options, terminal);
    });

  for (const paused of [true, false]) {
    add(
      paused ? 'pause' : 'resume',
      paused ? 'Send nothing to a destination from the next start on; what comes is kept.' : 'Let it be sent again.',
    )
      .argument(...DESTINATION)
      .action(async (destination: string, options: OutboxOptions) => {
        await (await import('./outbox-pause.ts')).pauseOutbox(destination, paused, options, terminal);
      });
  }

  add('ledger', 'Say what each receiver must hold, stream by stream.')
    .option('-o, --output <file>', 'write the ledger as JSON into a file, for "verify" at the receiver')
    .action(async (options: LedgerOptions) => {
      await (await import('./outbox-ledger.ts')).ledgerOfOutbox(options, terminal);
    });

  add('verify', 'Compare what the receiver acknowledged with what it holds, message by message.')
    .argument('<receiver>', 'SQLite file, folder of files, postgres://host/database, or s3://bucket/folder')
    .option('-l, --ledger <file>', 'the gateway’s ledger, from "ledger --output" (default: of --user-dir)')
    .option('-d, --destination <name>', 'name or id of the target that fills the receiver, if there are several')
    .option('-s, --stream <name>', 'compare only this stream; may be given several times', collect)
    .option('-t, --table <name>', 'table of a database', TABLE)
    .option('--ca <file>', 'PEM certificate of the authority by which a database server proves itself')
    .option('--endpoint <url>', 'address of an object store that is not Amazon’s')
    .option('--region <name>', 'of an object store', 'us-east-1')
    .addHelpText(
      'after',
      `
Each message has a key (gateway, stream, sequence): whatever was acknowledged and was not told as a gap must be there.
What still waits, and what the receiver refused, is not missing: it lies with the gateway. A database’s user and
password stand in the address or in PGUSER and PGPASSWORD, an object store’s keys in AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY.

Exit code: 0 all is there, 1 something is missing, 2 wrong use.

Examples:
  ${MILLRACE} outbox verify cloud.sqlite --ledger ledger.json
  ${MILLRACE} outbox verify postgres://db.example/plant --table messages --stream vibration
  ${MILLRACE} outbox verify /mnt/archive/uploads`,
    )
    .action(async (receiver: string, options: VerifyOptions) => {
      if (!(await (await import('./outbox-verify.ts')).verifyReceiver(receiver, options, terminal))) {
        throw new Unsuccessful();
      }
    });

  const dead = outbox
    .command('dead')
    .copyInheritedSettings(outbox)
    .helpOption('-h, --help', 'show this help')
    .description('Deal with the messages that a destination refused.')
    .addHelpText('after', `\nEach keeps its key: a receiver that has it already drops the repeat.`);
  const addDead = adder(dead);

  addDead('list', 'List what a destination refused, and why; the oldest first.')
    .argument(...DESTINATION)
    .option('-b, --body', 'print each message too')
    .option('-n, --limit <count>', 'print at most so many', parseCount, 50)
    .action(async (destination: string, options: DeadListOptions) => {
      await (await import('./outbox-dead.ts')).listDead(destination, options, terminal);
    });

  addDead('retry', 'Put refused messages back into the queue: they are sent again from the next start on.')
    .argument(...DESTINATION)
    .argument(LETTERS[0], `${LETTERS[1]} (default: all)`, parseLetters)
    .action(async (destination: string, letters: number[] | undefined, options: OutboxOptions) => {
      await (await import('./outbox-dead.ts')).retryDead(destination, letters, options, terminal);
    });

  addDead('delete', 'Delete refused messages for good; the receiver is told of a gap.')
    .argument(...DESTINATION)
    .argument(...LETTERS, parseLetters)
    .option('--all', 'all of them')
    .action(async (destination: string, letters: number[] | undefined, options: DeadDeleteOptions) => {
      await (await import('./outbox-dead.ts')).deleteDead(destination, letters, options, terminal);
    });
}

function parseCount(value: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

function parseLetters(value: string, before: number[] = []): number[] {
  return [...before, parseCount(value)];
}
