import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, MillraceError } from '../../base/index.ts';
import { openStore, type Row, type SqlValue, type Statement, type Store } from '../../storage/index.ts';
import { errors } from '../errors.ts';
import { loadTables } from '../load-tables.ts';
import { APPLICATION, META, migrations, SALVAGED } from './index-format.ts';
import type { Shape } from './shape.ts';

/** The files of one open data set: what everything that is done with one begins from. */
export interface SetFiles {
  readonly name: string;
  readonly directory: string;
  readonly clock: Clock;
  /** Its examples cannot be changed. */
  readonly shipped: boolean;
  read(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** @returns how many rows changed */
  write(write: readonly Statement[]): Promise<number>;
  /** As it is stored, and as its text; undefined while the data set is empty. */
  shape(): Promise<{ readonly shape: Shape; readonly text: string } | undefined>;
  /** The shape may be another one now. */
  forgetShape(): void;
  /** Grows when anything changes, by this process or another one. */
  state(): Promise<string>;
  /** Examples altered or removed so far. */
  edits(): Promise<number>;
  chunkPath(chunk: number): string;
  versionPath(digest: string): string;
  /** One after the other: of this process only one moves values at a time. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Its index was damaged, and what could be read of it was carried over. */
  readonly warning: MillraceError | undefined;
  /** Tokens of batches that have been read: they can go with the next write. */
  readonly spent: string[];
  /** Whoever writes is told to others by this. */
  changed(): void;
  close(): Promise<void>;
}

export const INDEX = 'index.sqlite';
const CHUNKS = 'chunks';
const VERSIONS = 'versions';
/** ms after which a file that nobody knows is not on its way any more. */
const STALE = 3_600_000;

export interface SetFilesOptions {
  readonly name: string;
  readonly directory: string;
  readonly clock: Clock;
  readonly shipped: boolean;
  readonly changed: (name: string) => void;
}

/** @throws DATA_SET_UNWRITABLE, and what storage throws */
export async function openSetFiles({ name, directory, clock, shipped, changed }: SetFilesOptions): Promise<SetFiles> {
  try {
    await mkdir(join(directory, CHUNKS), { recursive: true });
    await mkdir(join(directory, VERSIONS), { recursive: true });
  } catch (cause) {
    throw errors.DATA_SET_UNWRITABLE({ path: directory, reason: reasonOf(cause) }, { cause });
  }
  const file = join(directory, INDEX);
  const store = await openStore({ file, application: APPLICATION, migrations, salvage: SALVAGED, access: 'shared' });
  let shape: { readonly shape: Shape; readonly text: string } | undefined;
  let writes = 0;
  let version = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const read: SetFiles['read'] = (sql, values) => clock.hold(store.read(sql, values));
  const files: SetFiles = {
    name,
    directory,
    clock,
    shipped,
    read,
    async write(write) {
      const rows = await clock.hold(store.write(write));
      writes++;
      return rows;
    },
    async shape() {
      if (shape) return shape;
      const [row] = await read('SELECT value FROM meta WHERE key = ?', [META.shape]);
      const text = row?.['value'];
      shape = typeof text === 'string' ? { shape: JSON.parse(text) as Shape, text } : undefined;
      return shape;
    },
    forgetShape: () => (shape = undefined),
    async state() {
      const seen = Number((await read('PRAGMA data_version'))[0]?.['data_version']);
      // What another process did may have changed everything.
      if (seen !== version) shape = undefined;
      version = seen;
      return `${seen} ${writes}`;
    },
    edits: async () => Number((await read('SELECT edits FROM change'))[0]?.['edits'] ?? 0),
    chunkPath: (chunk) => join(directory, CHUNKS, `${chunk.toString(16).padStart(12, '0')}.parquet`),
    versionPath: (digest) => join(directory, VERSIONS, `${digest}.parquet`),
    inTurn(work) {
      const done = turn.then(work);
      turn = done.catch(() => undefined);
      return done;
    },
    warning: store.warning,
    spent: [],
    changed: () => changed(name),
    async close() {
      if (files.spent.length > 0) await files.write(forgetSpent(files)).catch(() => undefined);
      await clock.hold(store.close());
    },
  };
  if (!shipped) await clock.hold(tidy(store, directory, clock)).catch(() => undefined);
  return files;
}

export const forgetSpent = ({ spent }: Pick<SetFiles, 'spent'>): Statement[] => [
  { sql: 'DELETE FROM batches WHERE token = ?', rows: spent.splice(0).map((token) => [token]) },
];

/** Removes what a process left that was ended while it wrote. */
async function tidy(store: Store, directory: string, clock: Clock): Promise<void> {
  const old = clock.now() - STALE;
  for (const [folder, sql] of [
    [CHUNKS, `SELECT printf('%012x', id) AS stem FROM chunks`],
    [VERSIONS, 'SELECT digest AS stem FROM versions'],
  ] as const) {
    const found = await readdir(join(directory, folder));
    const suspects: string[] = [];
    const known = new Set((await store.read(sql)).map((row) => `${String(row['stem'])}.parquet`));
    for (const file of found) if (!known.has(file)) suspects.push(file);
    for (const file of suspects) {
      const path = join(directory, folder, file);
      if ((await stat(path)).mtimeMs < old) await rm(path, { force: true });
    }
  }
  await store.write([
    { sql: 'DELETE FROM arriving WHERE token IN (SELECT token FROM arrivals WHERE started < ?)', values: [old] },
    { sql: 'DELETE FROM arrivals WHERE started < ?', values: [old] },
  ]);
}

export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** A number that no other process takes either. */
export const newChunkId = (): number => randomBytes(6).readUIntBE(0, 6);

/**
 * Writes a chunk and says what must be written of it into the index.
 *
 * @throws DATA_SET_UNWRITABLE
 */
export async function writeChunk(
  files: SetFiles,
  shape: Shape,
  rows: number,
  values: Float32Array,
): Promise<{ readonly chunk: number; readonly statement: Statement }> {
  const { digestOf, encodeChunk, writeWhole } = await loadTables();
  const chunk = newChunkId();
  const path = files.chunkPath(chunk);
  const bytes = encodeChunk(shape, values);
  try {
    await writeWhole(path, bytes);
  } catch (cause) {
    throw errors.DATA_SET_UNWRITABLE({ path, reason: reasonOf(cause) }, { cause });
  }
  const sql = 'INSERT INTO chunks (id, rows, bytes, digest) VALUES (?, ?, ?, ?)';
  return { chunk, statement: { sql, values: [chunk, rows, bytes.byteLength, digestOf(bytes)] } };
}

export class ChunkGone extends Error {}

/**
 * The values of a chunk.
 *
 * @throws ChunkGone if it has been removed since its number was read; DATA_SET_UNREADABLE
 */
export async function chunkValues(files: SetFiles, shape: Shape, chunk: number): Promise<Float32Array> {
  const [row] = await files.read('SELECT rows, digest FROM chunks WHERE id = ?', [chunk]);
  if (!row) throw new ChunkGone();
  const { readChunk } = await loadTables();
  try {
    return await readChunk(files.chunkPath(chunk), shape, Number(row['rows']), String(row['digest']));
  } catch (cause) {
    const [still] = await files.read('SELECT 1 FROM chunks WHERE id = ?', [chunk]);
    if (!still) throw new ChunkGone();
    if (cause instanceof MillraceError) throw cause;
    const reason = `${files.chunkPath(chunk)}: ${reasonOf(cause)}`;
    throw errors.DATA_SET_UNREADABLE({ name: files.name, reason }, { cause });
  }
}
