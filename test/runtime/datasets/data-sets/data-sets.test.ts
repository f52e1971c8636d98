import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataSets, digestOf, examples, temporary, windows } from './support.ts';

/** Adds in a process of its own until so many were acknowledged, and kills it. @returns value by id */
async function addUntilKilled(directory: string, first: number, count: number): Promise<Map<number, number>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'add-for-ever.ts'), directory, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (text.split('\n').length > count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const lines = text.split('\n').slice(0, -1);
  return new Map(lines.map((line) => line.split(' ').map(Number) as [number, number]));
}

describe('what a data set has taken', () => {
  it('is there when the process was killed in mid-stream, also while chunks were written', async () => {
    const directory = await temporary();
    const taken = new Map<number, number>();
    for (const count of [300, 1500, 2600]) {
      for (const [id, n] of await addUntilKilled(directory, taken.size * 2, count)) taken.set(id, n);
    }
    const set = await (await dataSets(directory)).find('killed');
    const { ids, values, width, rows } = await set.load();
    const found = new Map(Array.from(ids, (id, row) => [id, values[row * width]]));
    expect(rows).toBeGreaterThanOrEqual(taken.size);
    for (const [id, n] of taken) expect(found.get(id)).toBe(n);
    await set.close();
  }, 60_000);

  it('is there for a second process that uses it at the same time', async () => {
    const directory = await temporary();
    const [one, other] = [await dataSets(directory), await dataSets(directory)];
    const [here, there] = [await one.open('shared'), await other.open('shared')];
    await Promise.all([
      ...Array.from({ length: 20 }, (_, turn) => here.add(examples(60, turn))),
      ...Array.from({ length: 20 }, (_, turn) => there.add(examples(60, 100 + turn))),
    ]);
    expect((await here.summary()).examples).toBe(2400);
    expect((await there.summary()).examples).toBe(2400);
    expect(await digestOf(here)).toBe(await digestOf(there));
  });

  it('keeps the values of every example through chunks and the index', async () => {
    const set = await (await dataSets()).open('pump');
    const given = examples(2500);
    const ids = await set.add(given);
    const { values, columns } = await set.load();
    expect(columns).toEqual(['a', 'b', 'c']);
    for (const row of [0, 999, 1000, 2499]) {
      const { a = 0, b = 0, c = 0 } = given[row]?.payload as Record<string, number>;
      expect([...values.subarray(row * 3, row * 3 + 3)]).toEqual([a, b, c].map(Math.fround));
      const view = await set.example(ids[row] as number);
      expect(view).toMatchObject({ label: given[row]?.label, time: given[row]?.time, group: given[row]?.group });
      expect(view.values[0]?.values[0]).toBeCloseTo(a, 5);
    }
    await set.close();
  });

  it('keeps windows channel by channel', async () => {
    const set = await (await dataSets()).open('motion');
    const given = windows(3);
    const [, id = 0] = await set.add(given);
    const { data } = given[1]?.payload as { data: Float32Array };
    const view = await set.example(id);
    expect(view.rate).toBe(100);
    expect(view.values.map(({ name }) => name)).toEqual(['ax', 'ay']);
    expect(view.values[1]?.values.map(Math.fround)).toEqual([...data].filter((_, at) => at % 2 === 1));
    const { window, width, values } = await set.load();
    expect(window).toEqual({ rate: 100, samples: 8 });
    expect([...values.subarray(width, 2 * width)]).toEqual([...data]);
  });
});

describe('what does not fit', () => {
  it('is refused with what differs and what to do, and those before it are taken', async () => {
    const set = await (await dataSets()).open('pump');
    await set.add([{ payload: { rms: 1, peak: 2 } }]);
    const wrong = set.add([{ payload: { peak: 3, rms: 4 } }, { payload: { rms: 1, kurtosis: 2 } }]);
    await expect(wrong).rejects.toMatchObject({
      code: 'EXAMPLE_SHAPE_DIFFERS',
      message: expect.stringContaining('it lacks the feature peak, and it has kurtosis') as string,
      hint: expect.stringContaining('new data set') as string,
    });
    const { rows, values } = await set.load();
    expect([rows, ...values]).toEqual([2, 1, 2, 4, 3]);
  });

  it.each<[string, { samples?: number; rate?: number; channels?: string[] }, string]>([
    ['another length', { samples: 16 }, 'it has 16 samples, the others have 8'],
    ['another rate', { rate: 50 }, 'it has 50 samples a second, the others have 100'],
    ['other channels', { channels: ['gx', 'gy'] }, 'it lacks the channels ax, ay'],
  ])('tells a window of %s', async (_, { samples = 8, rate = 100, channels = ['ax', 'ay'] }, what) => {
    const set = await (await dataSets()).open('motion');
    await set.add(windows(1));
    const payload = {
      channels,
      rate,
      start: 0,
      data: new Array<number>(samples * 2).fill(1),
      shape: [samples, 2] as [number, number],
    };
    await expect(set.add([{ payload }])).rejects.toThrow(what);
  });

  it.each([NaN, Infinity, 1e39, null, '3'])('tells which value is no number: %s', async (value) => {
    const set = await (await dataSets()).open('pump');
    await set.add([{ payload: { rms: 1, peak: 2 } }]);
    const wrong = set.add([{ payload: { rms: 1, peak: value as number } }]);
    await expect(wrong).rejects.toMatchObject({
      code: 'EXAMPLE_INVALID',
      message: expect.stringContaining('"peak"') as string,
    });
    expect((await set.summary()).examples).toBe(1);
  });

  it('leaves a data set without a shape where the first example is wrong', async () => {
    const set = await (await dataSets()).open('pump');
    await expect(set.add([{ payload: { rms: NaN } }])).rejects.toThrow('"rms"');
    await set.add([{ payload: { other: 1 } }]);
    expect((await set.summary()).columns).toEqual(['other']);
  });

  it('can be another shape when all examples are gone', async () => {
    const set = await (await dataSets()).open('pump');
    await set.add(examples(3));
    await set.remove({ group: 'run 0' });
    await set.add(windows(2));
    expect(await set.summary()).toMatchObject({ kind: 'window', examples: 2 });
  });

  it.each(['', '../up', 'a/b', 'nul', '.hidden'])('refuses "%s" as a name', async (name) => {
    await expect((await dataSets()).open(name)).rejects.toMatchObject({ code: 'DATA_SET_NAME_INVALID' });
  });

  it('says which data sets there are where one is not', async () => {
    const all = await dataSets();
    await (await all.open('pump')).close();
    await expect(all.find('pmup')).rejects.toThrow('there is no data set "pmup" (there are: "pump")');
  });
});

describe('labels', () => {
  it('are trimmed and composed; an empty one is none; numbers stay numbers', async () => {
    const set = await (await dataSets()).open('pump');
    const labels = ['  ok ', 'cafe\u0301', '', '   ', 3, 0.5, undefined];
    await set.add(labels.map((label, a) => ({ payload: { a }, ...(label !== undefined && { label }) })));
    expect((await set.load()).labels).toEqual(['ok', 'café', null, null, 3, 0.5, null]);
  });

  it('are changed in bulk by id, by label and by group', async () => {
    const set = await (await dataSets()).open('pump');
    const ids = await set.add(examples(200));
    expect(await set.relabel({ label: 'on' }, 'running')).toBe(100);
    expect(await set.relabel({ group: 'run 3' }, null)).toBe(50);
    expect(await set.relabel({ ids: ids.slice(0, 3) }, 'checked')).toBe(3);
    expect(await set.relabel({ ids: ids.slice(0, 3) }, 'checked')).toBe(0);
    const { labels } = await set.summary();
    expect(Object.fromEntries(labels.map(({ label, examples: n }) => [String(label), n]))).toEqual({
      ...{ running: 73, off: 74, null: 50, checked: 3 },
    });
    expect((await set.page({ label: null })).total).toBe(50);
  });

  it('are listed with what is to be drawn, wherever they lie', async () => {
    const set = await (await dataSets()).open('pump');
    await set.add(examples(1200));
    const plain = await set.page({ limit: 3 });
    expect(plain.examples.some((one) => 'values' in one)).toBe(false);
    for (const offset of [0, 1190]) {
      const { examples: listed } = await set.page({ offset, limit: 4, values: true });
      expect(listed).toEqual(await Promise.all(listed.map(({ id }) => set.example(id))));
    }
  });
});

describe('a version', () => {
  it('is the same digest for the same examples, however they came and lie', async () => {
    const all = await dataSets();
    const [one, other] = [await all.open('one'), await all.open('other')];
    await one.add(examples(1200));
    for (const each of examples(1200).slice(0, 30)) await other.add([each]);
    await other.add([{ ...(examples(1)[0] as { payload: { a: number } }), payload: { a: 9, b: 9, c: 9 } }]);
    await other.add(examples(1200).slice(30));
    await other.remove({ ids: [31] });
    const [a, b] = [await one.freeze(), await other.freeze()];
    expect(b.digest).toBe(a.digest);
    expect(await digestOf(one)).toBe(a.digest);
  });

  it.each([
    ['a label', { label: 'other' }],
    ['a value', { payload: { a: 1, b: 2, c: 3 } }],
    ['a group', { group: 'other' }],
    ['a time', { time: 1 }],
  ])('has another digest where %s differs', async (_, change) => {
    const all = await dataSets();
    const [one, other] = [await all.open('one'), await all.open('other')];
    await one.add(examples(3));
    await other.add(examples(3).map((each, row) => (row === 1 ? { ...each, ...change } : each)));
    expect(await digestOf(other)).not.toBe(await digestOf(one));
  });

  it('gives exactly its rows after relabelling and removal, and lets go of them when it is removed', async () => {
    const directory = await temporary();
    const set = await (await dataSets(directory)).open('pump');
    await set.add(examples(150));
    const before = await set.load();
    const version = await set.freeze('before');
    expect(version).toMatchObject({ digest: before.digest, examples: 150, note: 'before' });
    await set.relabel({ label: 'on' }, 'off');
    await set.remove({ group: 'run 1' });
    await set.add(examples(10, 7));
    const { values, labels, ids, times, groups } = await set.load(version.digest);
    expect({ values, labels, ids, times, groups }).toEqual({
      ...{ values: before.values, labels: before.labels, ids: before.ids, times: before.times, groups: before.groups },
    });
    expect((await set.load()).rows).toBe(110);

    await set.remove({ label: 'off' });
    await set.remove({ label: 'on' });
    const chunks = () => readdir(join(directory, 'pump', 'chunks'));
    expect(await chunks()).not.toEqual([]);
    await set.removeVersion(version.digest);
    expect(await chunks()).toEqual([]);
    await expect(set.load(version.digest)).rejects.toMatchObject({ code: 'DATA_SET_EMPTY' });
  });

  it('that is not there is told with those that are', async () => {
    const set = await (await dataSets()).open('pump');
    await set.add(examples(2));
    const { digest } = await set.freeze();
    await expect(set.load('abcdef')).rejects.toThrow(`no version abcdef (there are: ${digest.slice(0, 12)})`);
  });
});

it('lets go of the values of what is removed, and keeps those of the rest', async () => {
  const directory = await temporary();
  const set = await (await dataSets(directory)).open('pump');
  const ids = await set.add(examples(400));
  const { digest } = await set.freeze();
  await set.removeVersion(digest);
  const before = await set.load();
  await set.remove({ ids: ids.slice(0, 300) });
  expect(await readdir(join(directory, 'pump', 'chunks'))).toEqual([]);
  const after = await set.load();
  expect([...after.values]).toEqual([...before.values.subarray(300 * 3)]);
  expect((await set.freeze()).examples).toBe(100);
  expect((await set.load()).digest).toBe(after.digest);
});

describe('a damaged file', () => {
  it('is named, and the rest can be used when what is lost is taken out', async () => {
    const directory = await temporary();
    const all = await dataSets(directory);
    const set = await all.open('pump');
    await set.add(examples(1300));
    await set.freeze();
    const [first = ''] = await readdir(join(directory, 'pump', 'chunks'));
    const path = join(directory, 'pump', 'chunks', first);
    const bytes = await readFile(path);
    bytes[40] = (bytes[40] as number) ^ 1;
    await writeFile(path, bytes);
    await expect(set.load()).rejects.toMatchObject({
      code: 'DATA_SET_UNREADABLE',
      message: expect.stringContaining(first) as string,
    });
    const { damaged } = await set.verify();
    expect(damaged).toMatchObject([{ file: first, reason: expect.stringContaining('altered') as string }]);
    const lost = damaged[0]?.examples ?? 0;
    await set.verify(true);
    expect((await set.load()).rows).toBe(1300 - lost);
  });

  it('that is gone is told too', async () => {
    const directory = await temporary();
    const set = await (await dataSets(directory)).open('pump');
    await set.add(examples(100));
    await set.freeze();
    const [first = ''] = await readdir(join(directory, 'pump', 'chunks'));
    await truncate(join(directory, 'pump', 'chunks', first), 10);
    await expect(set.load()).rejects.toMatchObject({ code: 'DATA_SET_UNREADABLE' });
  });

  it('keeps no other data set from the list', async () => {
    const directory = await temporary();
    const all = await dataSets(directory);
    for (const name of ['good', 'bad']) {
      const set = await all.open(name);
      await set.add(examples(5));
      await set.close();
    }
    await writeFile(join(directory, 'bad', 'index.sqlite'), 'PK no database of ours'.repeat(400));
    await chmod(join(directory, 'bad', 'index.sqlite'), 0o600);
    const rows = await all.list();
    expect(rows.find(({ name }) => name === 'good')).toMatchObject({ examples: 5 });
    expect(rows.map(({ name }) => name).sort()).toEqual(['bad', 'good']);
  });
});

it('tells who listens that something has changed', async () => {
  const all = await dataSets();
  const set = await all.open('pump');
  const heard: string[] = [];
  const end = all.onChange((name) => heard.push(name));
  await set.add(examples(1));
  expect(heard).toEqual(['pump']);
  end();
  await set.add(examples(1));
  expect(heard).toEqual(['pump']);
});

it('carries over what can be read of a damaged index, and says so', async () => {
  const directory = await temporary();
  const all = await dataSets(directory);
  const set = await all.open('pump');
  await set.add(examples(1500));
  await set.freeze();
  await all.close();
  const file = join(directory, 'pump', 'index.sqlite');
  const bytes = await readFile(file);
  bytes.fill(0x5a, bytes.length - 4096 * 3, bytes.length - 4096 * 2);
  await writeFile(file, bytes);
  const mended = await (await dataSets(directory)).find('pump');
  expect((await mended.load()).rows).toBeGreaterThan(700);
  expect((await mended.findings())[0]).toMatchObject({ code: 'STORE_QUARANTINED', weight: 'warning' });
});

it('can be removed while somebody holds it, who then opens it anew', async () => {
  const all = await dataSets();
  const set = await all.open('pump');
  await set.add(examples(300));
  await all.remove('Pump');
  expect(await all.list()).toEqual([]);
  await expect(set.add(examples(1))).rejects.toMatchObject({ code: 'STORE_CLOSED' });
  await set.close();
  const again = await all.open('pump');
  await again.add(windows(1));
  expect(await again.summary()).toMatchObject({ examples: 1, kind: 'window' });
});
