import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesTarget, type TargetSettings } from '../../../../runtime/outbox/schema.ts';
import { connectFiles } from '../../../../runtime/outbox/senders/files.ts';
import { temporaryDirectory } from '../support.ts';
import { batchOf } from './batches.ts';
import { contextIn, failureOf } from './context.ts';

const isRoot = process.getuid?.() === 0;

type Settings = Partial<Extract<TargetSettings, { type: 'files' }>>;

const connectIn = (directory: string, settings: Settings = {}, gateway = 'gateway-1') =>
  connectFiles(filesTarget.parse({ type: 'files', ...settings }), contextIn(directory, { gateway }).context);

const filesIn = async (directory: string) =>
  (await readdir(directory, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();

describe('files in a folder as destination', () => {
  it('keeps a batch in one file, which a repeat takes the place of', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory);
    const batch = batchOf([{ payload: 1 }, { payload: 2 }]);
    await connection.send(batch);
    await connection.send(batch);
    const files = await filesIn(directory);
    expect(files).toEqual([
      expect.stringMatching(/^uploads\/gateway-1\/2023-11-14\/live-000000000001-000000-[0-9a-f]{8}\.jsonl$/),
    ]);
    const text = await readFile(join(directory, files[0] ?? ''), 'utf8');
    expect(text).toBe(batch.messages.map(({ body }) => `${body}\n`).join(''));
  });

  it('stays within its folder whatever a gateway is called', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory, { folder: 'in' }, '../../etc/..\\pass wd');
    await connection.send(batchOf([{ payload: 1 }]));
    expect(await filesIn(directory)).toEqual([expect.stringMatching(/^in\/_\/?.*_etc_/)]);
  });

  it('removes the oldest of its own files where they have more bytes than may be kept, and no others', async () => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, 'uploads/notes'), { recursive: true });
    await writeFile(join(directory, 'uploads/notes/mine.jsonl'), 'x'.repeat(10_000));
    const batch = (first: number) => batchOf([{ payload: 'x'.repeat(900) }], { first });
    const before = await connectIn(directory);
    await before.send(batch(1));
    const [old = ''] = (await filesIn(directory)).filter((name) => name.includes('live'));
    await utimes(join(directory, old), 1_000, 1_000);
    const connection = await connectIn(directory, { keepBytes: 3_000, file: '{date}-{hour}/{batch}' });
    for (let first = 2; first <= 6; first++) await connection.send(batch(first));
    const files = await filesIn(directory);
    expect(files.filter((name) => name.includes('live')).map((name) => /live-0*(\d+)/.exec(name)?.[1])).toEqual(
      ['5', '6', '4'].sort(),
    );
    expect(files).toContain('uploads/notes/mine.jsonl');
    // The folder of a day goes with its last file.
    expect(await readdir(join(directory, 'uploads'))).toEqual(['2023-11-14-22', 'notes']);
  });

  it.skipIf(!isRoot)(
    'tells of a full disk, leaves nothing unfinished on it, and goes on when there is room',
    async () => {
      const directory = await temporaryDirectory();
      const disk = join(directory, 'disk');
      await mkdir(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
      onTestFinished(() => void execFileSync('umount', [disk]));
      const connection = await connectIn(directory, { folder: disk, file: '{batch}' });
      await writeFile(join(disk, 'others'), 'x'.repeat(50_000));
      const batch = batchOf([{ payload: 'x'.repeat(30_000) }]);
      expect(await failureOf(connection.send(batch))).toMatchObject({ code: 'DESTINATION_FULL' });
      expect(await readdir(disk)).toEqual(['others']);
      await rm(join(disk, 'others'));
      await connection.send(batch);
      expect(await readdir(disk)).toEqual([expect.stringMatching(/^live-.*\.jsonl$/)]);
    },
  );

  it('tells of a folder that went away, and makes it again over the next connection', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory);
    await rm(join(directory, 'uploads'), { recursive: true });
    expect(await failureOf(connection.send(batchOf([{ payload: 1 }])))).toMatchObject({ code: 'DESTINATION_MISSING' });
    await (await connectIn(directory)).send(batchOf([{ payload: 1 }]));
    expect(await filesIn(directory)).toHaveLength(1);
  });

  it('does not make a folder where a disk should be', async () => {
    const directory = await temporaryDirectory();
    const away = join(directory, 'usb', 'uploads');
    expect(await failureOf(connectIn(directory, { folder: away }))).toMatchObject({ code: 'DESTINATION_MISSING' });
    await mkdir(join(directory, 'usb'));
    await (await connectIn(directory, { folder: away })).send(batchOf([{ payload: 1 }]));
  });

  it('tells of a file that stands in its way', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'uploads'), '');
    expect(await failureOf(connectIn(directory))).toMatchObject({ code: 'DESTINATION_MISSING' });
  });

  it('tells of a folder that may not be written', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory);
    await chmod(directory, 0o755);
    await chmod(join(directory, 'uploads'), 0o555);
    // Root may write everywhere.
    if (isRoot) process.seteuid?.(65_534);
    try {
      const failure = await failureOf(connection.send(batchOf([{ payload: 1 }])));
      expect(failure).toMatchObject({ code: 'DESTINATION_FORBIDDEN' });
    } finally {
      if (isRoot) process.seteuid?.(0);
      await chmod(join(directory, 'uploads'), 0o755);
    }
  });
});
