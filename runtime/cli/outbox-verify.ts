import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { grouped, systemClock } from '../base/index.ts';
import type { Ledger } from '../messages/index.ts';
import { compare, type Compared, type Holdings, type Range, readReceiver } from '../outbox/index.ts';
import { columns, showDate } from './columns.ts';
import { showCount } from './data-lines.ts';
import { errors } from './errors.ts';
import { findDestination, readLedger, standing } from './open-outbox.ts';
import { calledName, sayAge } from './outbox-lines.ts';
import type { VerifyOptions } from './outbox-program.ts';
import type { Terminal } from './terminal.ts';

/** ms. A receiver may acknowledge a message a moment before it is where it is looked for: a broker, before its table has it. */
const SETTLING = 2000;

/** Ranges that are named for each stream; how many there are is said. */
const SHOWN = 8;

/** Further words for what is amiss with a receiver are said of so many files. */
const FILES = 5;

/**
 * `millrace outbox verify`
 *
 * @returns whether everything that was acknowledged is there
 * @throws OUTBOX_EMPTY, LEDGER_MISSING, LEDGER_DAMAGED, DESTINATION_UNNAMED, OUTBOX_DESTINATION_UNKNOWN, OPTION_INVALID, and
 * what the receiver answers
 */
export async function verifyReceiver(receiver: string, options: VerifyOptions, terminal: Terminal): Promise<boolean> {
  // The ledger first: what comes meanwhile, the receiver has besides.
  const { ledger, rows } = await ledgerOf(options, terminal);
  const destination = chosen(ledger, rows, options.destination);
  const streams = streamsOf(ledger, destination?.id, options.stream);
  const { gateway } = ledger;
  const { table, endpoint = '', region } = options;
  const ca = options.ca === undefined ? '' : await readCa(options.ca);
  const place = placeOf(receiver, options.userDir);
  const look = async () => {
    const holdings = await readReceiver(place, { gateway, table, ca, endpoint, region });
    const compared = compare(streams, holdings.streams);
    return { holdings, compared, complete: compared.every(({ missing }) => missing.length === 0) };
  };
  let found = await look();
  if (!found.complete) {
    await systemClock.sleep(SETTLING);
    found = await look();
  }
  const { holdings, compared, complete } = found;
  if (options.json) {
    const { unreadable } = holdings;
    terminal.result(
      JSON.stringify({
        ...{ complete, gateway, destination: destination?.id ?? '', time: ledger.time },
        ...{ streams: compared, unreadable },
      }),
    );
    return complete;
  }
  terminal.result(
    `Gateway ${gateway}${destination ? `, destination ${calledName(destination)}` : ''}, as of ${showDate(ledger.time)}`,
  );
  for (const line of columns(compared.map(cells))) terminal.result(line);
  terminal.result('');
  for (const line of conclusion(compared, complete)) terminal.result(line);
  for (const line of remarks(gateway, holdings)) terminal.progress(line);
  return complete;
}

/** A path is meant as in a target, from the user directory, if it is not there from here. */
function placeOf(receiver: string, userDir: string): string {
  const there = resolve(userDir, receiver);
  return /^[a-z0-9]+:\/\//.test(receiver) || existsSync(receiver) || !existsSync(there) ? receiver : there;
}

interface Known {
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

async function ledgerOf({ ledger: file, userDir }: VerifyOptions, terminal: Terminal) {
  if (file === undefined) {
    const stand = await standing(userDir);
    sayAge(stand, terminal);
    return stand;
  }
  const ledger = await readLedger(file);
  return { ledger, rows: (ledger.destinations ?? []).map((row) => ({ ...row, name: '' })) };
}

/** @throws DESTINATION_UNNAMED, OUTBOX_DESTINATION_UNKNOWN */
function chosen(ledger: Ledger, rows: readonly Known[], wanted: string | undefined): Known | undefined {
  const ids = [...new Set(ledger.streams.map(({ destination }) => destination))];
  const known = ids.map((id) => rows.find((row) => row.id === id) ?? { id, name: '', address: '' });
  if (wanted !== undefined) return findDestination(known, wanted);
  if (known.length > 1) throw errors.DESTINATION_UNNAMED({ known });
  return known[0];
}

/** @throws OPTION_INVALID */
function streamsOf(ledger: Ledger, destination: string | undefined, wanted: readonly string[] | undefined) {
  const own = ledger.streams.filter((stream) => stream.destination === destination);
  const names = own.map(({ stream }) => stream);
  for (const value of wanted ?? []) {
    if (names.includes(value)) continue;
    throw errors.OPTION_INVALID({
      ...{ option: '--stream', value },
      expected: names.length > 0 ? `one of ${names.join(', ')}` : 'left out: the ledger knows no stream',
    });
  }
  return wanted ? own.filter(({ stream }) => wanted.includes(stream)) : own;
}

async function readCa(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw errors.OPTION_INVALID({ option: '--ca', value: file, expected: 'a file that can be read' });
  }
}

const cells = ({ stream, acknowledged, held, missing, repeats, gaps, told, waiting, dead, relayed }: Compared) => [
  `${missing.length > 0 ? '!' : ' '} ${stream}`,
  missing.length > 0
    ? `${grouped(acknowledged - held)} of ${showCount(acknowledged, 'message')} MISSING: ${rangesText(missing)}`
    : relayed
      ? 'passed on under the keys of its senders: not compared'
      : acknowledged === 0
        ? 'nothing acknowledged yet'
        : acknowledged === 1
          ? 'the one message is there'
          : `all ${showCount(acknowledged, 'message')} are there`,
  [
    ...(repeats > 0 ? [`${showCount(repeats, 'repeat')}`] : []),
    ...(gaps > 0
      ? [`${showCount(gaps, 'number')} told as gaps${told < gaps ? `, ${grouped(gaps - told)} of them not there` : ''}`]
      : []),
    ...(waiting > 0 ? [`${showCount(waiting, 'message')} still ${waiting === 1 ? 'waits' : 'wait'}`] : []),
    ...(dead > 0 ? [`${grouped(dead)} refused, kept at the gateway`] : []),
  ].join(' · '),
];

/** `17, 40 to 41` */
function rangesText(ranges: readonly Range[]): string {
  const shown = ranges.slice(0, SHOWN).map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`));
  return shown.join(', ') + (ranges.length > SHOWN ? ` and ${ranges.length - SHOWN} more places` : '');
}

function conclusion(compared: readonly Compared[], complete: boolean): string[] {
  const sum = (of: (one: Compared) => number) => compared.reduce((total, one) => total + of(one), 0);
  const [acknowledged, held] = [sum((one) => one.acknowledged), sum((one) => one.held)];
  if (compared.length === 0) return ['The gateway has taken nothing for this destination yet.'];
  const relayed = compared.filter((one) => one.relayed).length;
  const passedOn =
    relayed === 0
      ? []
      : [
          `${showCount(relayed, 'stream')} of other gateways ${relayed === 1 ? 'was' : 'were'} passed on. What must be there of ${relayed === 1 ? 'it' : 'them'}, the ledgers of those gateways know: --ledger FILE`,
        ];
  if (relayed === compared.length) return passedOn;
  if (complete) {
    return [`Complete: ${showCount(acknowledged, 'message')} acknowledged, and all of them are there.`, ...passedOn];
  }
  return [
    `NOT complete: of ${showCount(acknowledged, 'message')} acknowledged, ${grouped(acknowledged - held)} are not there.`,
    'Look at what removes data at the receiver: a retention, a target’s "keep", somebody’s hand. The gateway has them no more.',
    ...passedOn,
  ];
}

function remarks(gateway: string, { streams, gateways, unreadable }: Holdings): string[] {
  const files = unreadable.slice(0, FILES).map(({ path, reason }) => `cannot read ${path}: ${reason}`);
  const more = unreadable.length > FILES ? [`and ${showCount(unreadable.length - FILES, 'file')} more`] : [];
  if (streams.length > 0) return [...files, ...more];
  const others = gateways.length > 0 ? `It holds messages of ${gateways.join(', ')}.` : 'It holds no messages at all.';
  return [`The receiver holds nothing of gateway ${gateway}. ${others}`, ...files, ...more];
}
