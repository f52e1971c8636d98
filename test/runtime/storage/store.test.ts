import { readdir, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { metricsText } from '../../../runtime/base/index.ts';
import { openStore } from '../../../runtime/storage/index.ts';
import { create, insert, openIn, temporaryDirectory } from './support.ts';

describe('a store', () => {
  it('keeps what was written, through a close', async () => {
    const directory = await temporaryDirectory();
    const store = await openIn(directory);
    expect(await store.write(insert('a', 'b'))).toBe(2);
    await store.close();
    const again = await openIn(directory);
    expect(await again.read('SELECT id, text FROM note WHERE id > ?', [1])).toEqual([{ id: 2, text: 'b' }]);
  });

  it('is opened with a write-ahead log and a full flush at every commit', async () => {
    const store = await openIn(await temporaryDirectory());
    expect(await store.read('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await store.read('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
  });

  it('fails a bad write alone, whole, and none of those committed with it', async () => {
    const store = await openIn(await temporaryDirectory());
    const writes = [insert('a'), insert('b', null), insert('c'), [{ sql: 'NONSENSE' }], insert('d')];
    const results = await Promise.allSettled(writes.map((write) => store.write(write)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(results[1]).toMatchObject({ reason: { code: 'STORE_FAILED' } });
    expect((await store.read('SELECT text FROM note')).map(({ text }) => text)).toEqual(['a', 'c', 'd']);
  });

  it('does not let its write-ahead log grow', async () => {
    const directory = await temporaryDirectory();
    const store = await openIn(directory);
    for (let round = 0; round < 60; round += 1) {
      await store.write(insert(...Array.from({ length: 50 }, () => 'x'.repeat(5_000))));
      await store.read('SELECT * FROM note LIMIT 10');
      await store.write([{ sql: 'DELETE FROM note' }]);
    }
    expect((await stat(join(directory, 'notes.sqlite-wal'))).size).toBeLessThan(8 * 1024 * 1024);
  });

  it('moves a file of an older format on, and refuses one of a newer', async () => {
    const directory = await temporaryDirectory();
    const old = await openIn(directory);
    await old.write(insert('a'));
    await old.close();
    const migrations = [[create], ["ALTER TABLE note ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody'"]];
    const newer = await openIn(directory, { migrations });
    expect(await newer.read('SELECT * FROM note')).toEqual([{ id: 1, text: 'a', author: 'nobody' }]);
    await newer.close();
    await expect(openIn(directory)).rejects.toMatchObject({ code: 'STORE_TOO_NEW' });
  });

  it('is held by one process, unless it is opened as shared', async () => {
    const directory = await temporaryDirectory();
    const first = await openIn(directory);
    await expect(openIn(directory)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
    await first.close();
    const [one, two] = [await openIn(directory, { access: 'shared' }), await openIn(directory, { access: 'shared' })];
    await Promise.all([one.write(insert('a')), two.write(insert('b'))]);
    expect(await one.read('SELECT count(*) AS rows FROM note')).toEqual([{ rows: 2 }]);
  });

  it('says where it cannot write', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'file'), '');
    const opening = openStore({ file: join(directory, 'file', 'notes.sqlite'), application: 1, migrations: [] });
    await expect(opening).rejects.toMatchObject({ code: 'STORE_UNWRITABLE' });
    await expect(opening).rejects.toThrow(join(directory, 'file'));
  });

  it('says when its quota is reached, keeps what it has, and can be emptied', async () => {
    const store = await openIn(await temporaryDirectory(), { quota: 200_000 });
    const fill = async () => {
      for (;;) await store.write(insert('x'.repeat(10_000)));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'STORE_FULL' });
    const [row] = await store.read('SELECT count(*) AS rows FROM note');
    expect(row?.['rows']).toBeGreaterThan(5);
    await store.write([{ sql: 'DELETE FROM note' }]);
    await store.write(insert('x'.repeat(10_000)));
  });

  it('lets what makes room through when the quota is used up, and holds file, log and reserve below it', async () => {
    const directory = await temporaryDirectory();
    const quota = 1_000_000;
    const store = await openIn(directory, { quota, reserve: 100_000, logBytes: 100_000, thread: 'notes' });
    const fill = async () => {
      for (;;) {
        await store.write(insert('x'.repeat(5_000)));
        expect((await store.size()).bytes).toBeLessThanOrEqual(quota);
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'STORE_FULL' });
    await expect(store.write(insert('x'.repeat(20_000)))).rejects.toMatchObject({ code: 'STORE_FULL' });
    expect(await store.write(insert('x'.repeat(20_000)), true)).toBe(1);
    // What makes room goes first, and the other then fits.
    const room = [{ sql: 'DELETE FROM note WHERE id < 100' }];
    expect(await Promise.all([store.write(insert('x'.repeat(5_000))), store.write(room, true)])).toEqual([1, 99]);
    const { bytes, used } = await store.size();
    expect(used).toBeLessThan(bytes);
  });

  it('refuses work after it was closed', async () => {
    const store = await openIn(await temporaryDirectory());
    await store.close();
    await expect(store.write(insert('a'))).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  });

  it('leaves a sound database of something else as it is', async () => {
    const directory = await temporaryDirectory();
    const file = join(directory, 'notes.sqlite');
    const foreign = new DatabaseSync(file);
    foreign.exec('CREATE TABLE theirs (id INTEGER)');
    foreign.close();
    await expect(openIn(directory)).rejects.toMatchObject({ code: 'STORE_FOREIGN' });
    expect(await readdir(directory)).toEqual(['notes.sqlite']);
  });

  for (const [what, bytes] of [
    ['is no database', Buffer.from('hello, this is not a database at all')],
    ['breaks off in the middle of the first page', Buffer.from('SQLite format 3\0\x10\0\x02\x02')],
    ['is full of zeros', Buffer.alloc(8_192)],
  ] as const) {
    it(`sets a file aside that ${what}, and begins a new one`, async () => {
      const directory = await temporaryDirectory();
      await writeFile(join(directory, 'notes.sqlite'), bytes);
      const store = await openIn(directory, { salvage: ['note'] });
      expect(store.warning).toMatchObject({ code: 'STORE_QUARANTINED' });
      expect(store.warning?.message).toContain('notes.sqlite.quarantine-1');
      expect(metricsText()).toMatch(/^millrace_storage_quarantined_total [1-9]/m);
      await store.write(insert('a'));
      await store.close();
      expect((await openIn(directory)).warning).toBeUndefined();
      expect(await readdir(directory)).toContain('notes.sqlite.quarantine-1');
    });
  }

  it('begins anew in an empty file, as a kill at the first start leaves it', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'notes.sqlite'), '');
    const store = await openIn(directory);
    expect(store.warning).toBeUndefined();
    await store.write(insert('a'));
  });
});
