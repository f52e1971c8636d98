import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type MillraceError, systemClock } from '../../../runtime/base/index.ts';
import { openRecordings } from '../../../runtime/datasets/index.ts';
import { recordingFiles } from '../../../runtime/datasets/limits.ts';
import { collect, recordings, temporary, virtualClock } from './support.ts';

const options = { name: 'pump', format: 'jsonl', maxBytes: 1e6, maxFiles: 10 } as const;

/** Starts the child that records for ever, and gives its lines. */
function start(directory: string, format: string, maxBytes: number, prefix: readonly string[] = []) {
  const script = join(import.meta.dirname, 'record-for-ever.ts');
  const [command = '', ...rest] = [...prefix, process.execPath, script, directory, format, String(maxBytes)];
  const child: ChildProcess = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, lines: createInterface({ input: child.stdout! }) };
}

async function allOf(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe('a recording', () => {
  it('is on disk a moment after it came, and can be read while it is written', async () => {
    const all = await recordings();
    const recorder = await all.record(options);
    recorder.write({ payload: 1 });
    const [first] = await collect(await all.open('pump'));
    expect(first?.message).toEqual({ payload: 1 });
    recorder.write({ payload: 2 });
    await expect.poll(async () => (await stat((await all.open('pump')).files[0]!)).size).toBeGreaterThan(150);
    expect(await all.list()).toMatchObject([{ title: 'pump', open: true, messages: 2, files: 1 }]);
  });

  it('has a name of its own each time, and its title stands for the newest', async () => {
    const all = await recordings();
    for (const payload of ['first', 'second']) {
      const recorder = await all.record(options);
      recorder.write({ payload });
      await recorder.close();
    }
    const listed = await all.list();
    expect(listed.map(({ title }) => title)).toEqual(['pump', 'pump']);
    expect(new Set(listed.map(({ name }) => name)).size).toBe(2);
    const read = async (name: string) => (await collect(await all.open(name)))[0]?.message['payload'];
    expect(await read('pump')).toBe('second');
    expect(await read(listed[1]!.name)).toBe('first');
  });

  it('is bounded: the oldest file is removed for a new one, and what that cost is counted', async () => {
    const all = await recordings();
    const spent = recordingFiles.spent;
    const recorder = await all.record({ ...options, maxBytes: 1000, maxFiles: 3 });
    for (let n = 0; n < 200; n++) recorder.write({ payload: n }, 1000 + n);
    await recorder.close();
    const [entry] = await all.list();
    expect(entry).toMatchObject({ files: 3 });
    expect(entry!.bytes).toBeLessThanOrEqual(3000);
    const read = await collect(await all.open('pump'));
    expect(read.at(-1)?.message).toEqual({ payload: 199 });
    // Time begins with what is left.
    expect(read[0]?.at).toBe(0);
    expect(recorder.state.dropped).toBe(200 - read.length);
    expect(recordingFiles.spent).toBeGreaterThan(spent);
  });

  it('counts the files of earlier recordings of its name too', async () => {
    const all = await recordings();
    for (let run = 0; run < 4; run++) {
      const recorder = await all.record({ ...options, maxFiles: 2 });
      recorder.write({ payload: run });
      await recorder.close();
    }
    expect(await all.list()).toHaveLength(2);
  });

  it.each(['', '../pump', '/etc/passwd', 'a/b', 'a\\b', '.hidden', 'nul', 'a..b', 'x'.repeat(81), 'a\0b', 'pump@1'])(
    'cannot be called %j',
    async (name) => {
      const all = await recordings();
      await expect(all.record({ ...options, name })).rejects.toMatchObject({ code: 'RECORDING_NAME' });
    },
  );

  it('in which nothing came leaves no file, takes no place, and does not stand for its title', async () => {
    const all = await recordings();
    const first = await all.record({ ...options, maxFiles: 2 });
    first.write({ payload: 'kept' });
    await first.close();
    for (let start = 0; start < 4; start++) await (await all.record({ ...options, maxFiles: 2 })).close();
    expect(await all.list()).toMatchObject([{ name: first.name, messages: 1 }]);
    const waiting = await all.record({ ...options, maxFiles: 1 });
    expect(await all.list()).toHaveLength(2);
    expect((await collect(await all.open('pump')))[0]?.message).toEqual({ payload: 'kept' });
    waiting.write({ payload: 'new' });
    await waiting.close();
    expect(await all.list()).toMatchObject([{ name: waiting.name, messages: 1 }]);
  });

  it('goes on in its file where the next cannot be opened, loses nothing, and lets go of its name', async () => {
    const directory = await temporary();
    const all = openRecordings({ directory, clock: systemClock });
    const failures: MillraceError[] = [];
    const recorder = await all.record({ ...options, maxBytes: 300, failed: (error) => failures.push(error) });
    recorder.write({ payload: 'a'.repeat(40) });
    await recorder.flush();
    const take = (recorder.name.split('@')[1] ?? '').trim();
    await mkdir(join(directory, 'pump', `${take}.0002.jsonl`));
    recorder.write({ payload: 'b'.repeat(200) });
    await recorder.flush();
    expect(failures).toHaveLength(1);
    for (const payload of ['c', 'd']) recorder.write({ payload });
    await recorder.close();
    expect((await all.list()).map(({ open }) => open)).toEqual([false]);
    await rm(join(directory, 'pump', `${take}.0002.jsonl`), { recursive: true });
    const kept = (await collect(await all.open('pump'))).map(({ message }) => message['payload']);
    expect(kept).toEqual(['a'.repeat(40), 'c', 'd']);
    await (await all.record(options)).close();
  });

  it('of a name that is being recorded is refused, until the other has ended', async () => {
    const all = await recordings();
    const first = await all.record({ ...options, source: 'the node "a"' });
    await expect(all.record({ ...options, name: 'Pump' })).rejects.toMatchObject({
      code: 'RECORDING_BUSY',
      message: expect.stringContaining('the node "a"') as string,
    });
    await expect(all.remove('pump')).rejects.toMatchObject({ code: 'RECORDING_BUSY' });
    await first.close();
    await (await all.record(options)).close();
    for (const { name } of await all.list()) await all.remove(name);
    expect(await all.list()).toEqual([]);
  });

  it('refuses what has no written form, names it, and goes on', async () => {
    const all = await recordings();
    const recorder = await all.record(options);
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const refused = [() => undefined, 1n, circle, new Map(), Symbol('x'), new Date(NaN)];
    for (const bad of refused) {
      expect(() => recorder.write({ payload: { deep: [bad] } })).toThrow(
        expect.objectContaining({
          code: 'RECORDING_UNWRITABLE',
          message: expect.stringContaining('msg.payload.deep[0]') as string,
        }) as Error,
      );
    }
    recorder.write({ payload: 1 });
    await recorder.close();
    expect(await collect(await all.open('pump'))).toHaveLength(1);
  });

  it('is listed with files that somebody put there, and with those that came with Millrace', async () => {
    const shipped = await temporary();
    await writeFile(join(shipped, 'example.csv'), 'time,x\n0,1\n');
    const all = await recordings(systemClock, [shipped, '/nonexistent']);
    await mkdir(all.directory, { recursive: true });
    await writeFile(join(all.directory, 'mine.csv'), 'time,x\n0,2\n');
    expect(await all.list()).toMatchObject([
      { name: 'mine.csv', shipped: false, format: 'csv' },
      { name: 'example', shipped: true },
    ]);
    expect(await collect(await all.open('example'))).toHaveLength(1);
    await expect(all.remove('example')).rejects.toMatchObject({ code: 'RECORDING_SHIPPED' });
    await all.remove('mine.csv');
    await expect(all.open('mine.csv')).rejects.toMatchObject({
      code: 'RECORDING_MISSING',
      message: expect.stringContaining('"example"') as string,
    });
  });

  it('of several files is downloaded as one', async () => {
    const all = await recordings();
    const recorder = await all.record({ ...options, format: 'parquet', maxBytes: 1000 });
    for (let n = 0; n < 100; n++) recorder.write({ payload: n }, n);
    await recorder.close();
    const { fileName, bytes } = await all.read('pump');
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    const path = join(await temporary(), fileName);
    await writeFile(path, Buffer.concat(chunks));
    const copy = openRecordings({ directory: join(path, '..'), clock: systemClock });
    expect(await collect(await copy.open(fileName))).toEqual(await collect(await all.open('pump')));
  });

  it('writes in virtual time without that time passing', async () => {
    const clock = virtualClock();
    const all = await recordings(clock);
    const recorder = await all.record(options);
    for (let n = 0; n < 10; n++) {
      await clock.sleep(1000);
      recorder.write({ payload: n });
    }
    await recorder.close();
    const read = await collect(await all.open('pump'));
    expect(read.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((s) => s * 1000));
    expect((await all.list())[0]?.started).toBe(Date.UTC(2026, 0, 1));
  });
});

describe('when things go wrong', () => {
  it('a file with lines that cannot be read stays as it is, where it was to become Parquet', async () => {
    const directory = await temporary();
    await mkdir(join(directory, 'old'));
    const file = join(directory, 'old', '20260101-000000.0001.jsonl');
    const lines = ['{"millrace":"recording","format":1,"name":"old","part":1,"becomes":"parquet"}'];
    for (let at = 0; at < 5; at++) lines.push(`{"at":${at},"message":{"payload":${at}}}${at === 2 ? ',' : ''}`);
    await writeFile(file, `${lines.join('\n')}\n`);
    const all = openRecordings({ directory, clock: systemClock });
    const recorder = await all.record({ ...options, name: 'old', format: 'parquet' });
    recorder.write({ payload: 'new' });
    await recorder.close();
    const recording = await all.open((await all.list()).find(({ messages }) => messages !== 1)?.name ?? '');
    expect(recording.files).toEqual([file]);
    expect(await collect(recording)).toHaveLength(4);
    expect(recording.problems).toMatchObject([{ code: 'RECORDING_ROWS_REFUSED' }]);
  });

  it.each(['jsonl', 'parquet'])('a kill loses nothing of a %s recording that was flushed', async (format) => {
    const directory = await temporary();
    const { child, lines } = start(directory, format, 20_000);
    let flushed = 0;
    for await (const line of lines) {
      flushed = Number(line);
      if (flushed >= 3000) child.kill('SIGKILL');
    }
    const all = openRecordings({ directory, clock: systemClock });
    const check = async () => {
      const read = await collect(await all.open('killed'));
      expect(read.length).toBeGreaterThanOrEqual(flushed);
      expect(read.every(({ at, message }, n) => at === n && message['time'] === n)).toBe(true);
      return read.length;
    };
    const before = await check();
    const [killed] = await all.list();
    // The next recording of this name finishes what the crash left.
    await (await all.record({ ...options, name: 'killed', maxFiles: 1000 })).close();
    const files = await readdir(join(directory, 'killed'));
    expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    if (format === 'parquet') expect(files.filter((name) => name.endsWith('.jsonl'))).toEqual([]);
    expect(await collect(await all.open(killed!.name))).toHaveLength(before);
  });

  it('a disk without enough free space is told before anything is written', async () => {
    const directory = await temporary();
    const { lines } = start(directory, 'jsonl', 1e6, ['env', 'MILLRACE_LIMIT_RECORDING_FREE_BYTES=1e18']);
    expect(await allOf(lines)).toEqual(['RECORDING_DISK_FULL']);
    expect(await readdir(join(directory, 'killed'))).toEqual([]);
  });

  it('a write that the machine refuses is told, and what was written stays whole', async () => {
    const directory = await temporary();
    // A file-size limit stands for a full disk: the write comes back with an error, and may have been done by half.
    const limited = ['sh', '-c', 'trap \'\' XFSZ; ulimit -f 64; exec "$@"', 'limited'];
    const { child, lines } = start(directory, 'jsonl', 1e9, limited);
    for await (const line of lines) if (line === 'RECORDING_WRITE_FAILED') child.kill('SIGKILL');
    const all = openRecordings({ directory, clock: systemClock });
    const recording = await all.open('killed');
    const read = await collect(recording);
    expect(read.length).toBeGreaterThan(200);
    expect(recording.problems).toEqual([]);
    expect(read.every(({ at }, n) => at === n)).toBe(true);
  });

  it('a directory that may not be written to is named', async () => {
    const place = await temporary();
    await chmod(place, 0o555);
    // To root nothing is forbidden: the child is nobody then.
    const nobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
    const { lines } = start(join(place, 'recordings'), 'jsonl', 1e6, nobody);
    expect(await allOf(lines)).toEqual(['RECORDING_DIRECTORY']);
  });

  it('a directory that is removed while it is recorded is told once, and recording ends quietly', async () => {
    const all = await recordings();
    const told: MillraceError[] = [];
    const recorder = await all.record({ ...options, maxBytes: 1000, failed: (error) => told.push(error) });
    await rm(all.directory, { recursive: true });
    for (let n = 0; n < 100; n++) recorder.write({ payload: n });
    await recorder.flush();
    for (let n = 0; n < 100; n++) recorder.write({ payload: n });
    await recorder.close();
    expect(told).toHaveLength(1);
    expect(recorder.state.dropped).toBeGreaterThan(0);
  });
});
