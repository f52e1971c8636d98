import type pg from 'pg';
import { errors } from '../errors.ts';
import type { PostgresTarget } from '../schema.ts';
import { loadLibrary } from './load-library.ts';
import { explain, isRefusal } from './postgres/answers.ts';
import { clientConfig } from './postgres/client-config.ts';
import { insertion } from './postgres/insertion.ts';
import { prepareTables } from './postgres/tables.ts';
import { type Connection, MessagesRefused, type Sender } from './sender.ts';
import { type Holds, rowsOf, tableNames } from './table/index.ts';

/** One statement and one commit. @see bench/outbox */
const BATCH = { messages: 2_000, bytes: 4 * 1024 * 1024 };

/** A statement that takes longer is given up by the server, and tried again, ms. */
const STATEMENT_TIMEOUT = 20_000;

const HOLDS: Holds = {
  // What `timestamptz` takes, 4713 BC to 294276 AD. @see https://www.postgresql.org/docs/current/datatype-datetime.html
  time: [Date.UTC(-4712, 0, 1), Date.UTC(275_000, 0, 1)],
  // `jsonb` has no word for a NUL or half a surrogate pair, and refuses both. One such row in a `json` column would make
  // every query fail that looks into it.
  payload: (json) => !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(json),
};

/**
 * PostgreSQL, with or without TimescaleDB: a batch is inserted in bulk by key in one transaction, so that a repeat changes
 * nothing, and counts as sent when the server has committed.
 */
export const connectPostgres: Sender<PostgresTarget> = async (target, { clock, signal, lost }) => {
  const names = tableNames(target.table, { schemas: true });
  const address = target.url;
  const { default: library } = await loadLibrary('pg', () => import('pg'));
  const client = new library.Client(clientConfig(target));
  let over = false;
  const fail = (error: Error) => {
    if (over) return;
    over = true;
    lost(explain(error, address));
  };
  // One that is not listened for would end the process.
  client.on('error', fail);
  client.on('end', () => fail(new Error('the server closed the connection')));
  const giveUp = () => void end(client);
  signal.addEventListener('abort', giveUp);
  try {
    await clock.hold(client.connect());
    await clock.hold(client.query(SESSION));
    await clock.hold(prepareTables(client, names, target.timescale));
  } catch (error) {
    over = true;
    void end(client);
    throw explain(error, address);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }

  const statement = insertion(names);
  const connection: Connection = {
    most: BATCH,
    window: 1,
    async send(batch) {
      const rows = rowsOf(batch, address, HOLDS);
      try {
        await clock.hold(client.query(statement(rows)));
      } catch (error) {
        if (!isRefusal(error)) throw explain(error, address);
        const reason = errors.MESSAGE_REFUSED({ address, reason: (error as Error).message }, { cause: error });
        throw new MessagesRefused(reason, batch.messages.length === 1 ? [0] : undefined);
      }
    },
    async close() {
      over = true;
      await end(client);
    },
  };
  return connection;
};

/**
 * What is acknowledged is on the server's disk, also where its standard is to answer before. Set after connecting, for pools
 * between us and the server refuse what they do not know at the start.
 */
const SESSION = `
  SET statement_timeout = ${STATEMENT_TIMEOUT};
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`;

const end = (client: pg.Client) => client.end().catch(() => undefined);
