import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openRecording, type Recording } from '../../../runtime/datasets/index.ts';
import { collect, readText, recordings, temporary } from './support.ts';

const HEADER = '{"millrace":"recording","format":1}';
const codes = ({ problems }: Recording) => problems.map(({ code }) => code);

describe('a recording written by hand', () => {
  it('needs a header and a line for each message', async () => {
    const { messages, recording } = await readText(
      'hand.jsonl',
      `${HEADER}\n{"at":0,"message":{"payload":1}}\n\n{"at":12.5,"message":{"payload":{"$number":"NaN"}}}\n`,
    );
    expect(messages).toEqual([
      { at: 0, message: { payload: 1 } },
      { at: 12.5, message: { payload: NaN } },
    ]);
    expect(recording.problems).toEqual([]);
  });

  it('says which lines cannot be read, and gives the others', async () => {
    const lines = [
      '{"at":0,"message":{}}',
      'nonsense',
      '{"at":-1,"message":{}}',
      '{"at":1}',
      '{"at":2,"message":{"a":1}}',
    ];
    const { messages, recording } = await readText('bad.jsonl', [HEADER, ...lines, ''].join('\n'));
    expect(messages.map(({ at }) => at)).toEqual([0, 2]);
    expect(recording.counts).toMatchObject({ messages: 2, refused: 3 });
    expect(codes(recording)).toEqual(['RECORDING_ROWS_REFUSED']);
    expect(recording.problems[0]?.message).toContain('3 rows left out; line 3: is no JSON; line 4');
  });

  it('without a header is refused with the line that is missing', async () => {
    await expect(readText('none.jsonl', '{"at":0,"message":{}}\n')).rejects.toMatchObject({
      code: 'RECORDING_UNREADABLE',
      message: expect.stringContaining('{"millrace":"recording","format":1}') as string,
    });
  });

  it('of a newer format is refused', async () => {
    await expect(readText('new.jsonl', '{"millrace":"recording","format":2}\n')).rejects.toMatchObject({
      code: 'RECORDING_NEWER',
    });
  });

  it('plays what runs backwards with the message before, and counts it', async () => {
    const lines = [10, 20, 15, 30].map((at) => `{"at":${at},"message":{"payload":${at}}}`);
    const { messages, recording } = await readText('back.jsonl', [HEADER, ...lines, ''].join('\n'));
    expect(messages.map(({ at }) => at)).toEqual([10, 20, 20, 30]);
    expect(recording.counts.backwards).toBe(1);
    expect(codes(recording)).toEqual(['RECORDING_TIME_BACKWARDS']);
  });

  it('that is empty says so', async () => {
    await expect(readText('empty.jsonl', `${HEADER}\n`)).rejects.toMatchObject({ code: 'RECORDING_EMPTY' });
  });
});

describe('a recording cut in half', () => {
  it('as JSONL gives every message before the cut', async () => {
    const lines = Array.from({ length: 1000 }, (_, n) => `{"at":${n},"message":{"payload":${n}}}`);
    const text = [HEADER, ...lines, ''].join('\n');
    const { messages, recording } = await readText('half.jsonl', text.slice(0, text.length / 2));
    expect(messages.length).toBeGreaterThan(450);
    expect(messages.every(({ at, message }) => message['payload'] === at)).toBe(true);
    expect(codes(recording)).toEqual(['RECORDING_CUT']);
  });

  it('as Parquet says that it is cut', async () => {
    const all = await recordings();
    const recorder = await all.record({ name: 'whole', format: 'parquet', maxBytes: 1e6, maxFiles: 1 });
    for (let n = 0; n < 1000; n++) recorder.write({ payload: n });
    await recorder.close();
    const [file = ''] = (await all.open('whole')).files;
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length / 2));
    await expect(all.open('whole')).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE' });
    expect((await all.list())[0]).toMatchObject({ title: 'whole', problem: expect.stringContaining('cut') as string });
  });
});

describe('a CSV file', () => {
  it.each([
    ['commas and seconds', 'time,x,y\n0,1,2\n0.01,3,4\n'],
    ['semicolons and decimal commas', 't;x;y\n0;1,0;2\n0,01;3;4,0\n'],
    ['tabs, a byte order mark and other line ends', '\ufefftime_ms\tx\ty\r\n0\t1\t2\r\n10\t3\t4\r\n'],
    ['comments and quotes', '# logger 7\n"elapsed (s)","x","y"\n"0","1","2"\n"0.01","3","4"\n'],
    ['microseconds since 1970', 'timestamp,x,y\n1700000000000000,1,2\n1700000000010000,3,4\n'],
    ['ISO dates with a blank', 'date,x,y\n2026-01-01 00:00:00.000,1,2\n2026-01-01 00:00:00.010,3,4\n'],
    ['dates in a column of any name', 'wann,x,y\n2026-01-01T00:00:00Z,1,2\n2026-01-01T00:00:00.01Z,3,4\n'],
    ['a column of words', 'time,x,place,y\n0,1,cellar,2\n0.01,3,cellar,4\n'],
  ])('with %s is read as readings', async (_, text) => {
    const { messages, recording } = await readText('some.csv', text);
    expect(messages.map(({ message }) => message['payload'])).toEqual([
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ]);
    expect(messages[0]?.at).toBe(0);
    expect(messages[1]?.at).toBeCloseTo(10, 6);
    expect(recording.problems).toEqual([]);
  });

  it('gives a number where there is one column, and its label as truth', async () => {
    const { messages } = await readText('one.csv', 'time,id,level,label\n0,a,1,low\n1,b,2,\n');
    expect(messages).toEqual([
      { at: 0, message: { payload: 1, time: 0, id: 'a', truth: 'low' } },
      { at: 1000, message: { payload: 2, time: 1000, id: 'b' } },
    ]);
  });

  it('without a time plays at the rate that is set, and is refused without one', async () => {
    const text = '1,2\n3,4\n5,6\n';
    const { messages } = await readText('rate.csv', text, { rate: 100 });
    expect(messages.map(({ at, message }) => [at, message['payload']])).toEqual([
      [0, { c1: 1, c2: 2 }],
      [10, { c1: 3, c2: 4 }],
      [20, { c1: 5, c2: 6 }],
    ]);
    await expect(readText('rate.csv', text)).rejects.toMatchObject({
      code: 'RECORDING_NO_TIME',
      message: expect.stringContaining('"c1", "c2"') as string,
    });
  });

  it('takes the time column and unit that are named', async () => {
    const { messages } = await readText('named.csv', 'time,when,x\n9,0,1\n8,250,2\n', {
      timeColumn: 'when',
      timeUnit: 'ms',
    });
    expect(messages.map(({ at }) => at)).toEqual([0, 250]);
  });

  it('does not play by another time than by the column that is named', async () => {
    await expect(readText('named.csv', 'time,x\n0,1\n', { timeColumn: 'when', rate: 10 })).rejects.toMatchObject({
      code: 'RECORDING_NO_TIME',
      message: expect.stringContaining('no column "when"') as string,
    });
  });

  it.each([0, -1, NaN, Infinity])('without a time is refused at a rate of %d', async (rate) => {
    await expect(readText('rate.csv', 'x\n1\n2\n', { rate })).rejects.toMatchObject({ code: 'RECORDING_NO_TIME' });
  });

  it('keeps the values of columns that have one name, or that of something every object has', async () => {
    const { messages } = await readText('twice.csv', 'time,x,x,constructor\n0,1,2,3\n');
    expect(messages[0]?.message['payload']).toEqual({ x: 1, x_2: 2, constructor: 3 });
  });

  it('of which nothing can be read says why', async () => {
    await expect(readText('dates.csv', 'date,x\n01/02/2026,1\n02/02/2026,2\n')).rejects.toMatchObject({
      code: 'RECORDING_EMPTY',
      message: expect.stringContaining('all of its 2 rows were refused; line 2: "01/02/2026" is no time') as string,
    });
  });

  it('fills in nothing: an empty cell is a channel that is not there', async () => {
    const { messages, recording } = await readText('gaps.csv', 'time,x,y\n0,1,2\n1,,3\n2,,\n3,nan,4\n');
    expect(messages.map(({ message }) => message['payload'])).toEqual([{ x: 1, y: 2 }, { y: 3 }, { x: NaN, y: 4 }]);
    expect(recording.counts).toMatchObject({ empty: 3, refused: 1 });
  });

  it('with text where numbers belong says in which lines, and gives the others', async () => {
    const rows = Array.from({ length: 1000 }, (_, n) => (n % 100 === 7 ? `${n},broken,1` : `${n},${n},1`));
    const { messages, recording } = await readText('text.csv', ['time,x,y', ...rows, '1000,1', ''].join('\n'));
    expect(messages).toHaveLength(990);
    expect(recording.problems[0]?.message).toContain('11 rows left out; line 9: "x" is "broken", no number; line 109');
  });

  it('whose time runs backwards keeps its order, and says where', async () => {
    const { messages, recording } = await readText('back.csv', 'time,x\n0,1\n2,2\n1,3\n3,4\n');
    expect(messages.map(({ at, message }) => [at, message['payload']])).toEqual([
      [0, 1],
      [2000, 2],
      [2000, 3],
      [3000, 4],
    ]);
    expect(codes(recording)).toEqual(['RECORDING_TIME_BACKWARDS']);
  });

  it.each([
    ['without numbers', 'time,name\n0,a\n1,b\n', 'RECORDING_NO_NUMBERS'],
    ['with a header only', 'time,x\n', 'RECORDING_EMPTY'],
    ['without anything', '', 'RECORDING_EMPTY'],
    ['with bytes that are no text', 'PK\u0003\u0004\0\0', 'RECORDING_UNREADABLE'],
    ['with a quote that is never closed', 'time,x\n0,1\n1,"2\n3,4\n', undefined],
  ])('%s is told by a code', async (_, text, code) => {
    const reading = readText('odd.csv', text);
    if (code !== undefined) await expect(reading).rejects.toMatchObject({ code });
    else expect((await reading).recording.counts).toMatchObject({ messages: 1, refused: 1 });
  });
});

describe('a Parquet file of another program', () => {
  const write = async (codec: 'SNAPPY' | 'GZIP' | 'BROTLI' | 'ZSTD' | 'UNCOMPRESSED') => {
    const writer = new ByteWriter();
    const start = Date.UTC(2026, 0, 1);
    await parquetWrite({
      writer,
      codec,
      compressors: { GZIP: gzipSync, BROTLI: brotliCompressSync, ZSTD: zstdCompressSync },
      rowGroupSize: 2,
      columnData: [
        { name: 'when', data: [0, 10, 20].map((ms) => new Date(start + ms)), type: 'TIMESTAMP' },
        { name: 'x', data: [1.5, null, 2.5], type: 'DOUBLE' },
        { name: 'count', data: [1n, 2n, 3n], type: 'INT64' },
        { name: 'on', data: [true, false, true], type: 'BOOLEAN' },
        { name: 'label', data: ['a', 'b', 'c'], type: 'STRING' },
        { name: 'notes', data: [{ a: 1 }, { a: 2 }, { a: 3 }], type: 'JSON' },
      ],
    });
    const path = join(await temporary(), 'other.parquet');
    await writeFile(path, new Uint8Array(writer.getBuffer()));
    return { path, start };
  };

  it.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD'] as const)('compressed as %s is read', async (codec) => {
    const { path, start } = await write(codec);
    const recording = await openRecording(path);
    expect(await collect(recording)).toEqual([
      { at: 0, message: { payload: { x: 1.5, count: 1, on: 1 }, time: start, truth: 'a' } },
      { at: 10, message: { payload: { count: 2, on: 0 }, time: start + 10, truth: 'b' } },
      { at: 20, message: { payload: { x: 2.5, count: 3, on: 1 }, time: start + 20, truth: 'c' } },
    ]);
    expect(recording.counts).toMatchObject({ empty: 1, refused: 0 });
  });
});

it('names what is not there', async () => {
  await expect(openRecording('/nonexistent/file.csv')).rejects.toMatchObject({ code: 'RECORDING_MISSING' });
  await expect(openRecording('/')).rejects.toMatchObject({ code: 'RECORDING_UNREADABLE' });
});
