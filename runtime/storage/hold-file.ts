import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { MillraceError } from '../base/index.ts';
import type { Database } from './database.ts';

/** A lock that one process at a time has. */
export interface HeldFile {
  release(): void;
}

/**
 * Takes a file as a lock between processes: the kernel's own, so that it goes with a killed process and is fooled by no
 * process number that is used again. The file stays empty.
 *
 * @throws STORE_LOCKED while another process holds it, STORE_UNWRITABLE
 */
export async function holdFile(file: string): Promise<HeldFile> {
  // Not before it is needed: Node.js 22 warns on the console as soon as a thread loads SQLite.
  const { openDatabase } = await import('./database.ts');
  const take = () => exclusively(openDatabase(file));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    return take();
  } catch (error) {
    // Something wrote into it: there is nothing in a lock that could be lost.
    if (!(error instanceof MillraceError) || error.code !== 'STORE_DAMAGED') throw error;
    rmSync(file);
    return take();
  }
}

function exclusively(database: Database): HeldFile {
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw error;
  }
  return { release: () => database.close() };
}
