import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../base/index.ts';
import { type MachineFacts, machineFacts } from '../../messages/index.ts';
import { openStore, type SqlValue, type Store, type Write } from '../../storage/index.ts';
import { errors } from './errors.ts';
import { APPLICATION, migrations, SALVAGED } from './index-format.ts';

export interface VersionRow {
  readonly digest: string;
  readonly name: string;
  readonly version: string;
  /** ms since the epoch. */
  readonly added: number;
}

export interface AliasRow {
  readonly name: string;
  readonly alias: string;
  readonly digest: string;
  readonly version: string;
  /** ms since the epoch. */
  readonly moved: number;
}

/** A move of an alias; without a version it was taken away. */
export interface AliasMove {
  readonly version?: string;
  readonly digest?: string;
  /** ms since the epoch. */
  readonly moved: number;
}

/** The registry's index. Opened by what first needs it: reading a file that does not exist makes none. */
export interface RegistryIndex {
  versions(): Promise<readonly VersionRow[]>;
  aliases(): Promise<readonly AliasRow[]>;
  notes(): Promise<ReadonlyMap<string, string>>;
  moves(name: string, alias: string): Promise<readonly AliasMove[]>;
  facts(digest: string): Promise<MachineFacts | undefined>;
  keepFacts(digest: string, facts: MachineFacts): Promise<void>;
  /** @returns the row that holds this name and version */
  holder(name: string, version: string): Promise<VersionRow | undefined>;
  /** @returns the row that holds this name and version: another one, if they were taken */
  add(row: VersionRow): Promise<VersionRow | undefined>;
  /** @returns false if an alias names it */
  forget(digest: string): Promise<boolean>;
  /** @param stored whether the version must still be in the index, or lies elsewhere. @returns false if it is gone */
  moveAlias(row: AliasRow, stored: boolean): Promise<boolean>;
  /** @returns false if there was none */
  removeAlias(name: string, alias: string, moved: number): Promise<boolean>;
  note(digest: string, note: string): Promise<void>;
  /** Grows with each change by whichever process. */
  changes(): Promise<number>;
  close(): Promise<void>;
}

/** The most moves of an alias that are kept and shown. */
const MOVES = 50;

export function createRegistryIndex(file: string, clock: Clock): RegistryIndex {
  let opening: Promise<Store> | undefined;
  let closed: Promise<void> | undefined;

  const open = async () => {
    if (closed) throw errors.REGISTRY_CLOSED({ directory: dirname(file) });
    opening ??= openStore({ file, application: APPLICATION, migrations, salvage: SALVAGED, access: 'shared' });
    return await opening.catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
  };
  const exists = () => stat(file).then(() => true, absent);

  const read = (sql: string, values: readonly SqlValue[] = []) =>
    clock.hold(
      (async () => {
        if (!opening && !(await exists())) return [];
        return await (await open()).read(sql, values);
      })(),
    );
  const write = (statements: Write) => clock.hold(open().then((store) => store.write(statements)));
  const count = async (sql: string) => Number(Object.values((await read(sql))[0] ?? { none: 0 })[0]);

  const holder = async (name: string, version: string) => {
    const sql = 'SELECT digest, name, version, added FROM versions WHERE name = ? AND version = ?';
    return (await read(sql, [name, version]))[0] as unknown as VersionRow | undefined;
  };

  // Each poll is answered from memory unless someone has written.
  let seen = { data: -1, changes: 0 };

  return {
    versions: async () => (await read('SELECT digest, name, version, added FROM versions')) as unknown as VersionRow[],
    aliases: async () =>
      (await read('SELECT name, alias, digest, version, moved FROM aliases')) as unknown as AliasRow[],
    async notes() {
      const rows = await read('SELECT digest, note FROM notes');
      return new Map(rows.map((row) => [String(row['digest']), String(row['note'])]));
    },
    async moves(name, alias) {
      const sql = 'SELECT digest, version, moved FROM moves WHERE name = ? AND alias = ? ORDER BY id DESC LIMIT ?';
      return (await read(sql, [name, alias, MOVES])).map(({ digest, version, moved }) => ({
        ...(version !== null && version !== undefined && { version: String(version), digest: String(digest) }),
        moved: Number(moved),
      }));
    },
    async facts(digest) {
      const [row] = await read('SELECT machine FROM facts WHERE digest = ?', [digest]);
      // What another version has written in other words is measured again.
      const parsed = row && machineFacts.safeParse(JSON.parse(String(row['machine'])));
      return parsed?.data;
    },
    async keepFacts(digest, facts) {
      await write([{ sql: 'INSERT OR REPLACE INTO facts VALUES (?, ?)', values: [digest, JSON.stringify(facts)] }]);
    },
    holder,
    async add({ digest, name, version, added }) {
      await write([
        {
          sql: 'INSERT INTO versions VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
          values: [digest, name, version, added],
        },
      ]);
      return await holder(name, version);
    },
    async forget(digest) {
      const removed = await write([
        {
          sql: 'DELETE FROM versions WHERE digest = ? AND NOT EXISTS (SELECT 1 FROM aliases WHERE aliases.digest = versions.digest)',
          values: [digest],
        },
      ]);
      return removed > 0;
    },
    async moveAlias({ name, alias, digest, version, moved }, stored) {
      const kept = stored ? 'EXISTS (SELECT 1 FROM versions WHERE digest = ?)' : '? IS NOT NULL';
      const changed = await write([
        {
          sql: `INSERT INTO moves (name, alias, digest, version, moved) SELECT ?, ?, ?, ?, ? WHERE ${kept}`,
          values: [name, alias, digest, version, moved, digest],
        },
        {
          sql: `INSERT OR REPLACE INTO aliases SELECT ?, ?, ?, ?, ? WHERE ${kept}`,
          values: [name, alias, digest, version, moved, digest],
        },
        {
          sql: `DELETE FROM moves WHERE name = ? AND alias = ? AND id NOT IN
                  (SELECT id FROM moves WHERE name = ? AND alias = ? ORDER BY id DESC LIMIT ?)`,
          values: [name, alias, name, alias, MOVES],
        },
      ]);
      return changed > 0;
    },
    async removeAlias(name, alias, moved) {
      const changed = await write([
        {
          sql: `INSERT INTO moves (name, alias, moved) SELECT name, alias, ? FROM aliases WHERE name = ? AND alias = ?`,
          values: [moved, name, alias],
        },
        { sql: 'DELETE FROM aliases WHERE name = ? AND alias = ?', values: [name, alias] },
      ]);
      return changed > 0;
    },
    async note(digest, note) {
      await write([
        note === ''
          ? { sql: 'DELETE FROM notes WHERE digest = ?', values: [digest] }
          : { sql: 'INSERT OR REPLACE INTO notes VALUES (?, ?)', values: [digest, note] },
      ]);
    },
    async changes() {
      const data = await count('PRAGMA data_version');
      // Counts what other connections wrote; what this one wrote is read anyway.
      if (data !== seen.data) seen = { data, changes: await count('SELECT count FROM change') };
      return seen.changes;
    },
    close: () =>
      (closed ??= Promise.resolve(opening).then(
        (store) => store?.close(),
        () => undefined,
      )),
  };
}

function absent(error: unknown): false {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return false;
  throw error;
}
