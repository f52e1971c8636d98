import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { postgresTarget, type TargetSettings } from '../../../../runtime/outbox/schema.ts';
import { connectPostgres } from '../../../../runtime/outbox/senders/postgres.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../../../support/postgres.ts';
import { freePort } from '../support.ts';
import { batchOf, gapAt } from './batches.ts';
import { contextIn, failureOf } from './context.ts';

type Settings = Partial<Extract<TargetSettings, { type: 'postgres' }>>;

const available = await hasPostgres();

describe.skipIf(!available)('PostgreSQL as destination', () => {
  let server: PostgresServer;
  beforeAll(async () => void (server = await startPostgres()));
  afterAll(() => server[Symbol.asyncDispose]());

  const connect = async (settings: Settings = {}) => {
    const { url, username, password } = server;
    const { context, told } = contextIn('/');
    const target = postgresTarget.parse({ type: 'postgres', url, username, password, ...settings });
    const connection = await connectPostgres(target, context);
    onTestFinished(() => connection.close());
    return { ...connection, told };
  };

  it('keeps each message once under its key, however often it comes', async () => {
    const connection = await connect({ table: 'once' });
    const batch = batchOf([{ payload: { x: 1 }, time: 5.25, id: 'a', topic: 'pump' }, { payload: 'two' }]);
    await connection.send(batch);
    await connection.send(batch);
    await connection.send(batchOf([{ payload: 'two' }, { payload: [3] }], { first: 2 }));
    const rows = await server.query('SELECT *, extract(epoch FROM time) * 1000 AS ms FROM once ORDER BY sequence');
    expect(rows).toMatchObject([
      {
        ...{ gateway: 'gateway-1', stream: 'readings', sequence: '1', id: 'a', topic: 'pump', payload: { x: 1 } },
        ...{ ms: '5.250000', message: JSON.parse(batch.messages[0]?.body ?? '') as object },
      },
      { sequence: '2', id: null, topic: null, payload: 'two', ms: `${batch.messages[1]?.time}.000000` },
      { sequence: '3', payload: [3] },
    ]);
  });

  it('keeps what stands in the place of lost messages in a second table, in a schema that the target names', async () => {
    await server.query('CREATE SCHEMA plant');
    const connection = await connect({ table: 'Plant.Order' });
    await connection.send(batchOf([gapAt('readings', { first: 1, last: 7, reason: 'expired' }), { payload: 1 }]));
    await connection.send(batchOf([gapAt('readings', { first: 1, last: 7, reason: 'expired' })]));
    expect(await server.query('SELECT stream, first, last, reason FROM plant.order_gaps')).toEqual([
      { stream: 'readings', first: '1', last: '7', reason: 'expired' },
    ]);
    expect(await server.query('SELECT sequence FROM plant.order')).toEqual([{ sequence: '2' }]);
  });

  it('holds a batch as a whole or not at all', async () => {
    const connection = await connect({ table: 'whole' });
    await server.query('ALTER TABLE whole ADD CHECK (sequence <> 3)');
    const failure = await failureOf(connection.send(batchOf([{ payload: 1 }, { payload: 2 }, { payload: 3 }])));
    expect(failure).toMatchObject({ code: 'MESSAGE_REFUSED', refused: 'unknown' });
    expect(await server.query('SELECT * FROM whole')).toEqual([]);
    // Singly the one is found, and the connection still serves.
    await connection.send(batchOf([{ payload: 1 }]));
    const alone = await failureOf(connection.send(batchOf([{ payload: 3 }], { first: 3 })));
    expect(alone).toMatchObject({ code: 'MESSAGE_REFUSED', refused: [0] });
    expect(alone.message).toContain('whole_sequence_check');
  });

  it('keeps whole in "message" what a column cannot hold, and lets every query look into "payload"', async () => {
    const connection = await connect({ table: 'odd' });
    const batch = batchOf([
      { payload: { text: 'a\0b' }, id: 'x\0', topic: '\udc00', time: 1e300 },
      { payload: '\ud800', time: -1e15 },
      { payload: { text: 'a\\u0000b', pair: '😀', tiny: 5e-324 }, time: 8e15 },
    ]);
    await connection.send(batch);
    const rows = await server.query('SELECT id, topic, payload, message::text FROM odd ORDER BY sequence');
    expect(rows).toEqual([
      { id: null, topic: null, payload: null, message: batch.messages[0]?.body },
      { id: null, topic: null, payload: null, message: batch.messages[1]?.body },
      {
        ...{ id: null, topic: null, message: batch.messages[2]?.body },
        payload: { text: 'a\\u0000b', pair: '😀', tiny: 5e-324 },
      },
    ]);
    expect(await server.query(`SELECT count(*) AS n FROM odd WHERE payload->>'text' LIKE 'a%'`)).toEqual([{ n: '1' }]);
  });

  it('answers only when the row is on the server’s disk, also where the server would answer before', async () => {
    await server.query('CREATE ROLE hasty LOGIN PASSWORD $$hasty$$');
    await server.query('ALTER ROLE hasty SET synchronous_commit = off');
    await server.query('CREATE TABLE seen (setting text)');
    const connection = await connect({ table: 'durable' });
    await connection.send(batchOf([{ payload: 0 }]));
    await server.query(`
      GRANT ALL ON durable, durable_gaps, seen TO hasty;
      CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$;
      CREATE TRIGGER look BEFORE INSERT ON durable FOR EACH ROW EXECUTE FUNCTION look()`);
    // May fill the tables that are there, though not make any.
    const hasty = await connect({ table: 'durable', username: 'hasty', password: 'hasty' });
    await hasty.send(batchOf([{ payload: 1 }], { first: 2 }));
    expect(await server.query('SELECT setting FROM seen')).toEqual([{ setting: 'on' }]);
  });

  it('makes a hypertable where TimescaleDB is, with the time in its key, and still tells repeats', async () => {
    await server.query(`
      CREATE TABLE hypertables (made text, by text);
      CREATE FUNCTION create_hypertable(regclass, name, if_not_exists bool) RETURNS void LANGUAGE sql AS
        'INSERT INTO hypertables VALUES ($1::text, $2)'`);
    const connection = await connect({ table: 'scaled', timescale: true });
    expect(await server.query('SELECT * FROM hypertables')).toEqual([{ made: 'scaled', by: 'time' }]);
    const batch = batchOf([{ payload: 1, time: 1000 }, { payload: 2 }]);
    await connection.send(batch);
    // The same messages, taken by the outbox at another time.
    const later = batch.messages.map((message) => ({ ...message, time: message.time + 5 }));
    await connection.send({ ...batch, messages: later });
    expect(await server.query('SELECT sequence FROM scaled ORDER BY sequence')).toEqual([
      { sequence: '1' },
      { sequence: '2' },
    ]);
    const [key] = await server.query(
      `SELECT pg_get_constraintdef(oid) AS key FROM pg_constraint WHERE conname = 'scaled_pkey'`,
    );
    expect(key).toEqual({ key: 'PRIMARY KEY (gateway, stream, sequence, "time")' });
  });

  it('leaves a table of another form as it is, and says what is wrong with it', async () => {
    await (await connect({ table: 'sound' })).close();
    await server.query(`
      CREATE TABLE short (gateway text, stream text, sequence bigint); CREATE TABLE short_gaps (LIKE sound_gaps INCLUDING ALL);
      CREATE TABLE strict (LIKE sound INCLUDING ALL, plant text NOT NULL); CREATE TABLE strict_gaps (LIKE sound_gaps INCLUDING ALL);
      CREATE TABLE typed (LIKE sound INCLUDING ALL); CREATE TABLE typed_gaps (LIKE sound_gaps INCLUDING ALL);
      ALTER TABLE typed ALTER payload TYPE int USING 1;
      CREATE TABLE loose (LIKE sound); CREATE TABLE loose_gaps (LIKE sound_gaps);
      CREATE TABLE own (LIKE sound INCLUDING ALL, plant text NOT NULL DEFAULT 'here', n serial); CREATE TABLE own_gaps (LIKE sound_gaps INCLUDING ALL)`);
    const why = async (table: string) => {
      const { code, message } = await failureOf(connect({ table }));
      return `${code} ${message}`;
    };
    expect(await why('short')).toContain(
      'TABLE_FOREIGN the table "short" cannot hold messages: it has no column "time"',
    );
    expect(await why('strict')).toContain('its column "plant" has to be filled');
    expect(await why('typed')).toContain('its column "payload" is int4, not jsonb or json');
    expect(await why('loose')).toContain('its primary key is not (gateway, stream, sequence)');
    const own = await connect({ table: 'own' });
    await own.send(batchOf([{ payload: 1 }]));
    expect(await server.query('SELECT plant, n FROM own')).toEqual([{ plant: 'here', n: 1 }]);
  });

  it('says what is wrong with name, password, database, schema and rights', async () => {
    const code = async (settings: Settings) => (await failureOf(connect(settings))).code;
    expect(await code({ password: 'wrong' })).toBe('DESTINATION_REFUSED');
    expect(await code({ username: 'nobody' })).toBe('DESTINATION_REFUSED');
    expect(await code({ password: '' })).toBe('DESTINATION_REFUSED');
    expect(await code({ url: server.url.replace(/postgres$/, 'nowhere') })).toBe('DESTINATION_MISSING');
    expect(await code({ table: 'nowhere.messages' })).toBe('DESTINATION_MISSING');
    await server.query('CREATE ROLE guest LOGIN PASSWORD $$guest$$');
    expect(await code({ username: 'guest', password: 'guest', table: 'guests' })).toBe('DESTINATION_FORBIDDEN');
    expect(await code({ url: `postgres://127.0.0.1:${await freePort()}/postgres` })).toBe('DESTINATION_UNREACHABLE');
    const encrypted = await failureOf(connect({ url: `${server.url}?sslmode=require` }));
    expect(encrypted).toMatchObject({ code: 'DESTINATION_UNREACHABLE' });
    expect(encrypted.message).toContain('add ?sslmode=disable');
  });

  it('tells of a table that was dropped, and makes it again over the next connection', async () => {
    const connection = await connect({ table: 'dropped' });
    await server.query('DROP TABLE dropped');
    expect(await failureOf(connection.send(batchOf([{ payload: 1 }])))).toMatchObject({ code: 'DESTINATION_MISSING' });
    await (await connect({ table: 'dropped' })).send(batchOf([{ payload: 1 }]));
    expect(await server.query('SELECT sequence FROM dropped')).toEqual([{ sequence: '1' }]);
  });

  it('waits no longer than a while for a table that somebody holds', async () => {
    const connection = await connect({ table: 'held' });
    // The server's own words for it, as they come from a statement that takes too long.
    await server.query(`
      CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN SET LOCAL statement_timeout = 1; PERFORM pg_sleep(0.01); RAISE query_canceled; END $$;
      CREATE TRIGGER linger BEFORE INSERT ON held FOR EACH ROW EXECUTE FUNCTION linger()`);
    expect(await failureOf(connection.send(batchOf([{ payload: 1 }])))).toMatchObject({ code: 'DESTINATION_BUSY' });
  });

  it('lets two gateways make the tables at once', async () => {
    const both = await Promise.all([connect({ table: 'raced' }), connect({ table: 'raced' })]);
    await Promise.all(both.map((connection) => connection.send(batchOf([{ payload: 1 }]))));
    expect(await server.query('SELECT sequence FROM raced')).toEqual([{ sequence: '1' }]);
  });

  it('loses nothing that it acknowledged when the server is killed, and tells that it is gone', async () => {
    const connection = await connect({ table: 'killed' });
    const many = batchOf(Array.from({ length: 500 }, (_, index) => ({ payload: index })));
    await connection.send(many);
    await server.stop('immediate');
    await expect.poll(() => connection.told.lost.map(({ code }) => code)).toEqual(['DESTINATION_UNREACHABLE']);
    expect(await failureOf(connection.send(batchOf([{ payload: 1 }], { first: 501 })))).toMatchObject({
      code: 'DESTINATION_UNREACHABLE',
    });
    await server.start();
    expect(await server.query('SELECT count(*) AS n FROM killed')).toEqual([{ n: '500' }]);
    await (await connect({ table: 'killed' })).send(many);
    expect(await server.query('SELECT count(*) AS n FROM killed')).toEqual([{ n: '500' }]);
  });
});
