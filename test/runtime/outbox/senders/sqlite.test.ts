import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sqliteTarget } from '../../../../runtime/outbox/schema.ts';
import { connectSqlite } from '../../../../runtime/outbox/senders/sqlite.ts';
import { temporaryDirectory } from '../support.ts';
import { batchOf, gapAt } from './batches.ts';
import { contextIn, failureOf } from './context.ts';

async function connectIn(directory: string, settings: { file?: string; table?: string } = {}) {
  const { context, told } = contextIn(directory);
  const connection = await connectSqlite(sqliteTarget.parse({ type: 'sqlite', ...settings }), context);
  onTestFinished(() => connection.close());
  return { ...connection, told };
}

const rowsIn = (directory: string, sql: string, file = 'cloud.sqlite') => {
  const database = new DatabaseSync(join(directory, file), { readOnly: true });
  try {
    return database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    database.close();
  }
};

describe('a SQLite file as destination', () => {
  it('keeps each message once under its key, however often it comes', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory);
    const batch = batchOf([{ payload: { x: 1 }, time: 5, id: 'a', topic: 'pump' }, { payload: 'two' }]);
    await connection.send(batch);
    await connection.send(batch);
    await connection.send(batchOf([{ payload: 'two' }, { payload: 3 }], { first: 2 }));
    expect(rowsIn(directory, 'SELECT * FROM millrace_messages ORDER BY sequence')).toEqual([
      {
        ...{ gateway: 'gateway-1', stream: 'readings', sequence: 1, time: 5, id: 'a', topic: 'pump' },
        ...{ payload: '{"x":1}', message: batch.messages[0]?.body },
      },
      {
        ...{ gateway: 'gateway-1', stream: 'readings', sequence: 2, time: batch.messages[1]?.time },
        ...{ id: null, topic: null, payload: '"two"', message: batch.messages[1]?.body },
      },
      expect.objectContaining({ sequence: 3, payload: '3' }),
    ]);
  });

  it('keeps what stands in the place of lost messages in a second table', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory, { file: 'deep/er/plant.sqlite', table: 'order' });
    await connection.send(batchOf([gapAt('readings', { first: 1, last: 7, reason: 'expired' }), { payload: 1 }]));
    await connection.send(batchOf([gapAt('readings', { first: 1, last: 7, reason: 'expired' })]));
    const gaps = rowsIn(directory, 'SELECT * FROM order_gaps', 'deep/er/plant.sqlite');
    expect(gaps).toEqual([{ gateway: 'gateway-1', stream: 'readings', first: 1, last: 7, reason: 'expired', time: 0 }]);
  });

  it('keeps a message that brings a key under that key, and a gap that was told to it', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory);
    const key = { gateway: 'pump-7', stream: 'vibration', sequence: 41 };
    const forwarded = (body: object) => ({ stream: 's', sequence: 1, time: 9, body: JSON.stringify(body) });
    await connection.send(
      batchOf([forwarded({ payload: 1, key }), forwarded({ key, gap: { first: 3, last: 4, reason: 'damaged' } })]),
    );
    expect(rowsIn(directory, 'SELECT gateway, stream, sequence FROM millrace_messages')).toEqual([key]);
    expect(rowsIn(directory, 'SELECT gateway, stream, first, last, reason FROM millrace_messages_gaps')).toEqual([
      { gateway: 'pump-7', stream: 'vibration', first: 3, last: 4, reason: 'damaged' },
    ]);
  });

  it('names the messages that have no key for a table, and takes the others', async () => {
    const connection = await connectIn(await temporaryDirectory());
    const bad = { stream: 's', sequence: 2, time: 0, body: '{"payload":1,"key":{"gateway":"g","stream":"s"}}' };
    const failure = await failureOf(connection.send(batchOf([{ payload: 1 }, bad, { payload: 3 }])));
    expect(failure).toMatchObject({ code: 'MESSAGE_REFUSED', refused: [1] });
    await connection.send(batchOf([{ payload: 1 }, { payload: 3 }]));
  });

  it('keeps whole in "message" what a column cannot hold', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory);
    const batch = batchOf([{ payload: 'a\0b\ud800', id: 'x\0', topic: '\udc00', time: 'noon' }]);
    await connection.send(batch);
    expect(rowsIn(directory, 'SELECT id, topic, time, payload, message FROM millrace_messages')).toEqual([
      {
        ...{ id: null, topic: null, time: batch.messages[0]?.time },
        ...{ payload: '"a\\u0000b\\ud800"', message: batch.messages[0]?.body },
      },
    ]);
  });

  it('can be read by others while it is written, and by several targets', async () => {
    const directory = await temporaryDirectory();
    const first = await connectIn(directory);
    const second = await connectIn(directory, { table: 'other' });
    const reader = new DatabaseSync(join(directory, 'cloud.sqlite'), { readOnly: true });
    onTestFinished(() => reader.close());
    reader.exec('BEGIN');
    expect(reader.prepare('SELECT count(*) AS n FROM millrace_messages').get()).toEqual({ n: 0 });
    await Promise.all([first.send(batchOf([{ payload: 1 }])), second.send(batchOf([{ payload: 2 }]))]);
    reader.exec('COMMIT');
    expect(reader.prepare('SELECT payload FROM other').all()).toEqual([{ payload: '2' }]);
    expect(reader.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  });

  it('sets a damaged file aside, says so, and begins a new one', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory);
    await connection.send(batchOf(Array.from({ length: 2_000 }, (_, index) => ({ payload: index }))));
    await connection.close();
    const file = await open(join(directory, 'cloud.sqlite'), 'r+');
    await file.write(Buffer.alloc(4096, 0xff), 0, 4096, 40 * 4096);
    await file.close();
    const again = await connectIn(directory);
    expect(again.told.warnings.map(({ code }) => code)).toEqual(['STORE_QUARANTINED']);
    await again.send(batchOf([{ payload: 'new' }], { first: 5_000 }));
    const [{ n } = { n: 0 }] = rowsIn(directory, 'SELECT count(*) AS n FROM millrace_messages') as [{ n: number }];
    expect(n).toBeGreaterThan(100);
  });

  it('leaves a table of another form and a file of another program as they are, and says what is wrong', async () => {
    const directory = await temporaryDirectory();
    const connection = await connectIn(directory);
    await connection.close();
    const database = new DatabaseSync(join(directory, 'cloud.sqlite'));
    database.exec('CREATE TABLE short (gateway, stream, sequence);');
    database.exec(`CREATE TABLE strict (gateway, stream, sequence, time, id, topic, payload, message, plant NOT NULL)`);
    database.close();
    expect(await failureOf(connectIn(directory, { table: 'short' }))).toMatchObject({
      code: 'TABLE_FOREIGN',
      message: 'the table "short" cannot hold messages: it has no column "time", "id", "topic", "payload", "message"',
    });
    expect(await failureOf(connectIn(directory, { table: 'strict' }))).toMatchObject({
      code: 'TABLE_FOREIGN',
      message: expect.stringContaining('its column "plant" has to be filled') as string,
    });
    const foreign = new DatabaseSync(join(directory, 'mine.sqlite'));
    foreign.exec('CREATE TABLE mine (a)');
    foreign.close();
    expect(await failureOf(connectIn(directory, { file: 'mine.sqlite' }))).toMatchObject({ code: 'STORE_FOREIGN' });
    await writeFile(join(directory, 'file'), '');
    expect(await failureOf(connectIn(directory, { file: 'file/x.sqlite' }))).toMatchObject({
      code: 'STORE_UNWRITABLE',
    });
  });

  it('needs every row to be told apart by its key', async () => {
    const directory = await temporaryDirectory();
    await (await connectIn(directory)).close();
    const database = new DatabaseSync(join(directory, 'cloud.sqlite'));
    database.exec('CREATE TABLE loose AS SELECT * FROM millrace_messages');
    database.close();
    const failure = await failureOf(connectIn(directory, { table: 'loose' }));
    expect(failure).toMatchObject({ code: 'TABLE_FOREIGN' });
    expect(failure.message).toContain('(gateway, stream, sequence)');
  });

  it('says of a name that SQLite keeps for itself', async () => {
    const directory = await temporaryDirectory();
    expect(await failureOf(connectIn(directory, { table: 'sqlite_mine' }))).toMatchObject({ code: 'TARGET_INVALID' });
  });
});
