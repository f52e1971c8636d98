import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../../runtime/datasets/index.ts';
import type { Batch } from '../../../../runtime/outbox/senders/sender.ts';
import { encodeBatch } from '../../../../runtime/outbox/senders/document/index.ts';
import { batchOf, gapAt } from './batches.ts';

const gateway = 'gateway-1';
const decode = (body: Uint8Array) => Buffer.from(body).toString();

const readings = batchOf([
  { payload: { x: 1.5, label: 'ok' }, time: 1000, id: 'a', topic: 'pump' },
  { payload: -0.25, unit: 'mm/s' },
  gapAt('readings', { first: 3, last: 9, reason: 'expired' }),
  { payload: { x: 'not a number', deep: { list: [1, 2], y: true } }, time: 'yesterday' },
]);

const rowsOf = async (body: Uint8Array, format: 'csv' | 'parquet', names: readonly string[]) => {
  const rows = [];
  for await (const row of readTable(body, format, names, 'test')) rows.push(row);
  return rows;
};

describe('a batch as a document', () => {
  it('is the messages as they are on the wire, in a JSON array or a line each', async () => {
    const json = await encodeBatch(readings, { format: 'json', compression: 'none', gateway });
    expect(JSON.parse(decode(json.body))).toEqual(readings.messages.map(({ body }) => JSON.parse(body) as unknown));
    expect(json).toMatchObject({ contentType: 'application/json', extension: '.json' });
    const lines = await encodeBatch(readings, { format: 'jsonl', compression: 'none', gateway });
    expect(decode(lines.body)).toBe(readings.messages.map(({ body }) => `${body}\n`).join(''));
    expect(lines).not.toHaveProperty('contentEncoding');
  });

  it('is packed with gzip or zstd, and says so', async () => {
    const plain = await encodeBatch(readings, { format: 'jsonl', compression: 'none', gateway });
    const gzip = await encodeBatch(readings, { format: 'jsonl', compression: 'gzip', gateway });
    expect(gzip).toMatchObject({ contentEncoding: 'gzip', extension: '.jsonl.gz' });
    expect(decode(gunzipSync(gzip.body))).toBe(decode(plain.body));
    const zstd = await encodeBatch(readings, { format: 'csv', compression: 'zstd', gateway });
    expect(zstd).toMatchObject({ contentEncoding: 'zstd', extension: '.csv.zst' });
    expect(decode(zstdDecompressSync(zstd.body))).toMatch(/^gateway,stream,sequence,time,id,topic,/);
  });

  it('has the same bytes when it is made again, so that a repeat changes nothing', async () => {
    for (const format of ['json', 'jsonl', 'csv', 'parquet'] as const) {
      const settings = { format, compression: 'gzip', gateway } as const;
      expect(await encodeBatch(readings, settings)).toEqual(await encodeBatch(readings, settings));
    }
  });

  it('holds a row a message in CSV, the fields of payloads in columns and what fits none as JSON', async () => {
    const { body } = await encodeBatch(readings, { format: 'csv', compression: 'none', gateway });
    expect(decode(body).trimEnd().split('\n')).toEqual([
      'gateway,stream,sequence,time,id,topic,payload.x,payload.label,payload,payload.deep.y,gap_last,gap_reason,rest',
      'gateway-1,readings,1,1000,a,pump,1.5,ok,,,,,',
      `gateway-1,readings,2,1700000000002,,,,,-0.25,,,,"{""unit"":""mm/s""}"`,
      'gateway-1,readings,3,,,,,,,,9,expired,',
      'gateway-1,readings,4,1700000000004,,,,,,true,,,"{""payload"":{""x"":""not a number"",""deep"":{""list"":[1,2]}},""time"":""yesterday""}"',
    ]);
  });

  it('keeps a spreadsheet from running a text as a formula', async () => {
    const batch = batchOf([{ payload: '=HYPERLINK("http://evil")', topic: '007' }]);
    const { body } = await encodeBatch(batch, { format: 'csv', compression: 'none', gateway });
    expect(decode(body)).toContain(`'007,"'=HYPERLINK(""http://evil"")"`);
    expect(await rowsOf(body, 'csv', ['topic', 'payload'])).toEqual([['007', '=HYPERLINK("http://evil")']]);
  });

  it('holds numbers as numbers in Parquet, whatever packs its pages', async () => {
    for (const compression of ['none', 'gzip', 'zstd'] as const) {
      const { body, extension, ...rest } = await encodeBatch(readings, { format: 'parquet', compression, gateway });
      expect(extension).toBe('.parquet');
      expect(rest).not.toHaveProperty('contentEncoding');
      const columns = ['stream', 'sequence', 'payload.x', 'payload', 'payload.deep.y', 'gap_last', 'nowhere'];
      expect(await rowsOf(body, 'parquet', columns)).toEqual([
        ['readings', 1, 1.5, undefined, undefined, undefined, undefined],
        ['readings', 2, undefined, -0.25, undefined, undefined, undefined],
        ['readings', 3, undefined, undefined, undefined, 9, undefined],
        ['readings', 4, undefined, undefined, true, undefined, undefined],
      ]);
    }
  });

  it('loses no field to strange names and values', async () => {
    const strange = [
      { payload: { 'a.b': 1, a: { b: 2 }, '': '', ['__proto__']: 3 } },
      { payload: { half: '\ud800', '\udc00': 1, nul: 'a\0b', none: null, list: [], object: {} } },
      { payload: {}, key: 'mine' },
      { topic: '', payload: [1, 'two', null] },
    ];
    const batch = batchOf(strange);
    for (const format of ['csv', 'parquet'] as const) {
      const { body } = await encodeBatch(batch, { format, compression: 'none', gateway });
      const [first, second, third, fourth] = await rowsOf(body, format, ['payload.a.b', 'payload.nul', 'rest']);
      expect([String(first?.[0]), first?.[2]]).toEqual(['1', '{"payload":{"a":{"b":2}}}']);
      expect(second?.[1]).toBe('a\0b');
      expect(second?.[2]).toBe('{"payload":{"half":"\\ud800","\\udc00":1,"none":null,"list":[],"object":{}}}');
      expect(third?.[2]).toBe('{"payload":{}}');
      expect(fourth?.[2]).toBe('{"payload":[1,"two",null]}');
    }
  });

  it('writes no more columns than a table can bear', async () => {
    const wide = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`c${index}`, index]));
    const { body } = await encodeBatch(batchOf([{ payload: wide }]), { format: 'csv', compression: 'none', gateway });
    const [header] = decode(body).split('\n');
    expect(header?.split(',')).toHaveLength(509);
    const [row] = await rowsOf(body, 'csv', ['rest']);
    expect(Object.keys((JSON.parse(String(row?.[0])) as { payload: object }).payload)).toHaveLength(100);
  });

  it('writes an hour of readings', async () => {
    const many: Batch = batchOf(Array.from({ length: 3_600 }, (_, index) => ({ payload: { x: index }, time: index })));
    const { body } = await encodeBatch(many, { format: 'parquet', compression: 'zstd', gateway });
    const rows = await rowsOf(body, 'parquet', ['sequence', 'payload.x']);
    expect(rows).toEqual(many.messages.map((_, index) => [index + 1, index]));
  });
});
