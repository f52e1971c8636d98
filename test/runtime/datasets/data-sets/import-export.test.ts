import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { type NewExample, openRecordings } from '../../../../runtime/datasets/index.ts';
import { bytesOf, dataSets, digestOf, examples, temporary, windows } from './support.ts';

const odd: NewExample[] = [
  {
    payload: { 'a, b': 0.1, '=x': -0, time: 1e-7, label: 3.4e38 },
    label: '=SUM(A1)',
    group: '-1',
    source: '@here',
    time: 5,
  },
  { payload: { 'a, b': 1, '=x': 2, time: 3, label: 4 }, label: '3', group: '3', source: 'say "hi"' },
  {
    payload: { 'a, b': 16777217, '=x': 1 / 3, time: -5e-38, label: 4 },
    label: 3,
    group: 'line\nbreak',
    time: 1700000000000.125,
  },
  { payload: { 'a, b': 1, '=x': 2, time: 3, label: 4 }, label: 'none', group: 'none', source: "'quoted" },
  { payload: { 'a, b': 1, '=x': 2, time: 3, label: 4 }, group: '# no comment' },
];

describe('a data set that was written out and read again', () => {
  it.each(['csv', 'parquet'] as const)('is the same to the last bit, as %s', async (format) => {
    const directory = await temporary();
    const all = await dataSets();
    for (const [name, given] of Object.entries({ odd, plain: examples(700), windows: windows(20) })) {
      const set = await all.open(name);
      await set.add(given);
      const { fileName, content } = await set.export(format);
      expect(fileName).toBe(`${name}.${format}`);
      const path = join(directory, fileName);
      await writeFile(path, await bytesOf(content));
      const imported = await all.import(`${name} again`, path, { fileName });
      expect(imported).toEqual({ name: `${name} again`, added: given.length, refused: 0, problems: [] });
      const again = await all.find(`${name} again`);
      const [before, after] = [await set.load(), await again.load()];
      expect(after.columns).toEqual(before.columns);
      expect(after.sources).toEqual(before.sources);
      expect(after.digest).toBe(before.digest);
    }
  });

  it('holds nothing that a spreadsheet would run', async () => {
    const set = await (await dataSets()).open('odd');
    await set.add(odd);
    const text = (await bytesOf((await set.export('csv')).content)).toString();
    for (const cell of text.split(/[,\n]/)) expect(cell).not.toMatch(/^"?[=@+\t\r]/);
    expect(text).toContain("'=SUM(A1)");
  });

  it('has one row an example and a column a number, which data scientists can read', async () => {
    const set = await (await dataSets()).open('motion');
    await set.add(windows(1));
    const [header = '', row = ''] = (await bytesOf((await set.export('csv')).content)).toString().split('\n');
    expect(header).toMatch(/^id,label,time_ms,source,group,window_rate_hz,ax\[0\],ay\[0\],ax\[1\],/);
    expect(row.split(',')).toHaveLength(6 + 16);
  });
});

describe('a file of another program', () => {
  const take = async (text: string | Buffer, options: Record<string, unknown> = {}, fileName = 'data.csv') => {
    const path = join(await temporary(), fileName);
    await writeFile(path, text);
    const all = await dataSets();
    const imported = await all.import('set', path, { fileName, ...options });
    return { imported, set: await all.find('set') };
  };

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-16 with its mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, the other way round', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['Windows-1252', (text: string) => Buffer.from(text, 'latin1')],
  ])('keeps its letters where it is written in %s', async (_, encode) => {
    const rows = Array.from({ length: 3000 }, (_, row) => `${row};${row % 2 ? 'zu kühl' : 'läuft'}`);
    const { imported, set } = await take(encode(['Größe;Zustand', ...rows, ''].join('\r\n')));
    expect(imported.added).toBe(3000);
    expect((await set.load()).labels.slice(0, 2)).toEqual(['läuft', 'zu kühl']);
    expect((await set.summary()).columns).toEqual(['Größe']);
  });

  it('gives its labels by the name of their column, else by the last one of texts', async () => {
    const named = await take('rms;class;note\n1,5;up;x\n2,5;down;y\n');
    expect((await named.set.load()).labels).toEqual(['up', 'down']);
    expect(named.imported.problems[0]).toMatchObject({
      code: 'DATA_IMPORT_LEFT',
      message: expect.stringContaining('note') as string,
    });
    const last = await take('state,rms,peak\nup,1,2\ndown,2,3\n');
    expect((await last.set.load()).labels).toEqual(['up', 'down']);
    const chosen = await take('x,y,progression\n1,2,151\n2,3,75\n', { labelColumn: 'progression' });
    expect((await chosen.set.load()).labels).toEqual([151, 75]);
    expect((await chosen.set.summary()).columns).toEqual(['x', 'y']);
  });

  it('without labels says so, and how to mend it', async () => {
    const { imported, set } = await take('x,y\n1,2\n2,3\n');
    expect((await set.load()).labels).toEqual([null, null]);
    expect(imported.problems).toMatchObject([{ code: 'DATA_IMPORT_UNLABELLED' }]);
  });

  it('gives one label to all where that is asked', async () => {
    const { set } = await take('x,y\n1,2\n2,3\n', { label: 'worn' });
    expect((await set.load()).labels).toEqual(['worn', 'worn']);
  });

  it('loses the rows that are wrong, each counted and one of a kind named, and nothing is filled in', async () => {
    const { imported, set } = await take('x,y,label\n1,2,a\n,3,a\n3,oops,b\n4,NaN,b\n5,6,b\n7\n');
    expect(imported).toMatchObject({ added: 2, refused: 4 });
    expect(imported.problems.map(({ message }) => message).sort()).toEqual([
      'line 3: "x" is empty, not a number that can be learnt from',
      'line 4: "y" is "oops", not a number that can be learnt from',
      'line 7: has 1 cells, not 3',
    ]);
    expect([...(await set.load()).values]).toEqual([1, 2, 5, 6]);
  });

  it('takes times, groups and JSON a line', async () => {
    const { set } = await take(
      '{"time":"2026-01-01T00:00:01Z","x":1,"group":"g1","label":"a"}\n{"time":"2026-01-01T00:00:02Z","x":2,"group":"g2","label":"b"}\nbroken\n',
      {},
      'data.jsonl',
    );
    const { times, groups, labels } = await set.load();
    expect([...times]).toEqual([Date.UTC(2026, 0, 1, 0, 0, 1), Date.UTC(2026, 0, 1, 0, 0, 2)]);
    expect([groups, labels]).toEqual([
      ['g1', 'g2'],
      ['a', 'b'],
    ]);
  });

  it.each([
    ['no numbers', 'a,b\nx,y\n', {}, 'DATA_IMPORT_COLUMN'],
    ['a column that is not there', 'a,b\n1,2\n', { labelColumn: 'state' }, 'DATA_IMPORT_COLUMN'],
    ['only wrong rows', 'x,y,label\n1,,a\n2,,b\n3,,b\n,4,c\n', {}, 'DATA_IMPORT_EMPTY'],
    ['nothing', '', {}, 'DATA_IMPORT_COLUMN'],
    ['bytes', 'a\0b', {}, 'RECORDING_UNREADABLE'],
  ])('with %s leaves no data set behind', async (_, text, options, code) => {
    const directory = await temporary();
    const path = join(directory, 'data.csv');
    await writeFile(path, text);
    const all = await dataSets();
    await expect(all.import('set', path, { fileName: 'data.csv', ...options })).rejects.toMatchObject({ code });
    expect(await all.list()).toEqual([]);
  });

  it('that does not fit a data set changes nothing of it', async () => {
    const all = await dataSets();
    const set = await all.open('pump');
    await set.add(examples(10));
    const before = await digestOf(set);
    const path = join(await temporary(), 'other.csv');
    await writeFile(path, `x,y,label\n${'1,2,a\n'.repeat(3000)}`);
    await expect(all.import('pump', path, { fileName: 'other.csv' })).rejects.toMatchObject({
      code: 'DATA_IMPORT_EMPTY',
    });
    expect(await digestOf(set)).toBe(before);
    await set.freeze();
    expect(await readdir(join(all.directories.own, 'pump', 'chunks'))).toHaveLength(1);
  });
});

it('takes the messages of a recording, with the truth they carry', async () => {
  const directory = await temporary();
  const recordings = openRecordings({ directory, clock: systemClock });
  const recorder = await recordings.record({ name: 'take', format: 'jsonl', maxBytes: 1e9, maxFiles: 9 });
  for (let turn = 0; turn < 20; turn++) {
    recorder.write({ payload: { rms: turn, peak: 2 * turn }, time: turn * 1000, truth: turn < 10 ? 'ok' : 'worn' });
  }
  recorder.write({ payload: 3 });
  await recorder.close();
  const { files, name } = await recordings.open(recorder.name);
  const all = await dataSets();
  const imported = await all.import('pump', files, { fileName: name });
  expect(imported).toMatchObject({ added: 20, refused: 1 });
  const { labels, groups, times } = await (await all.find('pump')).load();
  expect(new Set(labels)).toEqual(new Set(['ok', 'worn']));
  expect(new Set(groups).size).toBe(1);
  expect(times[3]).toBe(3000);
  await recordings.close();
});
