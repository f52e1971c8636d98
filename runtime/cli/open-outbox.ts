import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MillraceError, systemClock } from '../base/index.ts';
import { type DestinationRow, ledger as ledgerSchema, type Ledger } from '../messages/index.ts';
import { type Outbox, openOutbox } from '../outbox/index.ts';
import { errors } from './errors.ts';
import { targetNames } from './target-names.ts';

/** How the outbox stands, and since when that is known. */
export interface Standing {
  readonly rows: readonly DestinationRow[];
  readonly ledger: Ledger;
  /** The gateway runs and holds the queue: this is what it wrote down last. */
  readonly running: boolean;
}

const directoryOf = (userDir: string) => join(userDir, 'millrace', 'outbox');

/** Whether anything was ever uploaded from this user directory. */
export const hasOutbox = (userDir: string): boolean => existsSync(directoryOf(userDir));

/**
 * Opens the queue of a user directory for as long as the work takes. Nothing is sent meanwhile.
 *
 * @throws OUTBOX_HELD while a gateway runs; STORE_UNWRITABLE, STORE_TOO_NEW, STORE_FOREIGN
 */
export async function withOutbox<T>(userDir: string, work: (outbox: Outbox) => Promise<T>): Promise<T> {
  // Made at the gateway's first start, and part of every key; only said here.
  const gateway = (await readFile(join(userDir, 'millrace', 'gateway-id'), 'utf8').catch(() => '')).trim();
  const outbox = openOutbox({ directory: directoryOf(userDir), userDir, gateway, clock: systemClock });
  try {
    // Opens it, whatever the work begins with.
    await outbox.usage?.();
    return await work(outbox);
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'STORE_LOCKED') {
      throw errors.OUTBOX_HELD({ userDir }, { cause: error });
    }
    throw error;
  } finally {
    await outbox.close();
  }
}

/**
 * How the outbox stands: by the queue itself, or by the gateway's own ledger file while it runs.
 *
 * @throws OUTBOX_EMPTY, LEDGER_MISSING, LEDGER_DAMAGED, and the store's errors
 */
export async function standing(userDir: string): Promise<Standing> {
  if (!hasOutbox(userDir)) throw errors.OUTBOX_EMPTY({ userDir });
  const names = await targetNames(userDir);
  const named = (rows: readonly Omit<DestinationRow, 'name'>[]) =>
    rows.map((row) => ({ ...row, name: names.get(row.id) ?? '' }));
  try {
    return await withOutbox(userDir, async (outbox) => {
      const ledger = (await outbox.ledger?.()) ?? emptyLedger;
      return { rows: named(withIdle(outbox.rows?.() ?? [], ledger)), ledger, running: false };
    });
  } catch (error) {
    if (!(error instanceof MillraceError && error.code === 'OUTBOX_HELD')) throw error;
    const ledger = await readLedger(join(directoryOf(userDir), 'ledger.json'));
    return { rows: named(withIdle(ledger.destinations ?? [], ledger)), ledger, running: true };
  }
}

/** Also those for which nothing waits and that nobody serves: their ledger is kept. */
function withIdle(rows: readonly Omit<DestinationRow, 'name'>[], { streams }: Ledger): Omit<DestinationRow, 'name'>[] {
  const known = new Set(rows.map(({ id }) => id));
  const idle = new Set(streams.map(({ destination }) => destination).filter((id) => !known.has(id)));
  return [...rows, ...[...idle].map((id) => ({ ...IDLE, id, lanes: [], dropped: [], course: [] }))];
}
const IDLE = {
  ...{ address: '', kind: '', served: false, connected: false, paused: false, depth: 0, bytes: 0, oldestMs: 0 },
  ...{ sent: 0, rate: 0, dead: 0, failures: 0 },
};

const emptyLedger: Ledger = { format: 1, gateway: '', time: 0, streams: [] };

/** @throws LEDGER_MISSING, LEDGER_DAMAGED */
export async function readLedger(file: string): Promise<Ledger> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw errors.LEDGER_MISSING({ file }, { cause });
  });
  try {
    return ledgerSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw errors.LEDGER_DAMAGED({ file }, { cause });
  }
}

/**
 * The destination that a person means: by its id, its target's name or address, or what only one of them begins with.
 *
 * @throws OUTBOX_DESTINATION_UNKNOWN
 */
export function findDestination<Row extends Pick<DestinationRow, 'id' | 'name' | 'address'>>(
  rows: readonly Row[],
  wanted: string,
): Row {
  const called = (what: (row: Row) => boolean) => {
    const found = rows.filter(what);
    return found.length === 1 ? found[0] : undefined;
  };
  const lower = wanted.toLowerCase();
  const meant =
    called(({ id }) => id === wanted) ??
    called(({ name }) => name === wanted) ??
    called(({ name, address }) => name.toLowerCase() === lower || address === wanted) ??
    called(
      ({ id, name, address }) =>
        wanted !== '' &&
        [id, name.toLowerCase(), address].some((one) => one.startsWith(wanted) || one.startsWith(lower)),
    );
  if (meant) return meant;
  const same = rows.filter(({ name }) => name === wanted);
  throw errors.OUTBOX_DESTINATION_UNKNOWN({
    ...{ destination: wanted, several: same.length > 1 },
    known: (same.length > 1 ? same : rows).map(({ id, name, address }) => ({ id, name: name || address })),
  });
}

/**
 * Does something to a destination of a gateway that is stopped.
 *
 * @throws OUTBOX_EMPTY, OUTBOX_HELD, OUTBOX_DESTINATION_UNKNOWN
 */
export async function changeOutbox<T>(
  userDir: string,
  destination: string,
  work: (outbox: Outbox, row: DestinationRow) => Promise<T>,
): Promise<T> {
  if (!hasOutbox(userDir)) throw errors.OUTBOX_EMPTY({ userDir });
  const names = await targetNames(userDir);
  return await withOutbox(userDir, async (outbox) => {
    const rows = (outbox.rows?.() ?? []).map((row) => ({ ...row, name: names.get(row.id) ?? '' }));
    return await work(outbox, findDestination(rows, destination));
  });
}
