import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asMillraceError, type Clock, type MillraceError, type Timer } from '../base/index.ts';
import { type Ledger, ledger as ledgerForm } from '../messages/index.ts';
import { errors } from './errors.ts';
import { TARGET_TYPES, type TargetType } from './schema.ts';

/** Beside the queue, for everyone who may not open it: what each receiver must hold. */
export const LEDGER_FILE = 'ledger.json';

/** At most so often, ms: a device that writes all day should last. */
const SPACING = 10_000;

/** Where a destination sends to, and by what. */
export interface Place {
  readonly address: string;
  readonly kind: TargetType;
}

/** Of the destinations in a ledger's file. A file that is missing or cannot be read names none. */
export async function readPlaces(file: string): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  try {
    const { destinations = [] } = ledgerForm.parse(JSON.parse(await readFile(file, 'utf8')));
    for (const { id, address, kind } of destinations) {
      const type = TARGET_TYPES.find((known) => known === kind);
      if (type && address !== '') places.set(id, { address, kind: type });
    }
  } catch {
    // It only helps people to tell destinations apart.
  }
  return places;
}

interface LedgerFileOptions {
  readonly file: string;
  readonly clock: Clock;
  ledger(): Promise<Ledger>;
  /** It could not be written. Nothing of the queue depends on it: it is tried again with the next change. */
  failed(error: MillraceError): void;
}

/** Keeps the ledger in a file, so that `millrace outbox` can read it beside a gateway that runs. */
export function createLedgerFile({ file, clock, ledger, failed }: LedgerFileOptions) {
  let due: Timer | undefined;
  let changed = false;
  let writing: Promise<void> = Promise.resolve();
  let closed = false;

  const write = async () => {
    changed = false;
    try {
      await writeWhole(file, `${JSON.stringify(await ledger())}\n`);
    } catch (cause) {
      failed(errors.LEDGER_UNWRITABLE({ file, reason: asMillraceError(cause).message }, { cause }));
    }
  };
  const later = () => {
    due = undefined;
    writing = clock.hold(writing.then(write));
  };

  return {
    /** Something is not as it was. Costs nothing: it is written later. */
    changed(): void {
      changed = true;
      if (!closed) due ??= clock.after(SPACING, later);
    },
    /** Writes what has not been written. The ledger must still be there to be asked. */
    async close(): Promise<void> {
      if (closed) return await writing;
      closed = true;
      due?.cancel();
      await writing;
      if (changed) await write();
    },
  };
}

/** Whole under its name or not at all, and on disk before it is. */
async function writeWhole(file: string, text: string): Promise<void> {
  const unfinished = `${file}.partial`;
  await mkdir(dirname(file), { recursive: true });
  try {
    const handle = await open(unfinished, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}
