import type { Client } from 'pg';
import { errors } from '../../errors.ts';
import { GAP, MESSAGE, type TableNames, whyForeign } from '../table/index.ts';

/** Two gateways that make the tables at once take turns. Any number that nobody else takes. */
const LOCK = 0x4d52636c;

/** What a column may be: what a user chose to widen is as good. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  sequence: ['int8', 'numeric'],
  first: ['int8', 'numeric'],
  last: ['int8', 'numeric'],
  time: ['timestamptz', 'timestamp'],
  payload: ['jsonb', 'json'],
  message: ['json', 'jsonb'],
};
const TEXT = ['text', 'varchar'];

interface Column {
  readonly name: string;
  readonly type: string;
  readonly key: boolean;
  readonly needed: boolean;
}

/**
 * Makes the two tables if they are missing, and sees that those which are there can hold messages.
 *
 * @param timescale the time is part of the key, as hypertables want it; where TimescaleDB is installed, a new table becomes one
 * @throws TABLE_FOREIGN, and what the server answers
 */
export async function prepareTables(client: Client, names: TableNames, timescale: boolean): Promise<void> {
  const { messages, gaps } = names;
  const there = async (table: string) =>
    (await client.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [table])).rows[0]?.there;
  // Who may not make tables may still fill those that are there.
  if (!(await there(messages)) || !(await there(gaps))) await create(client, names, timescale);
  const time = timescale ? ['time'] : [];
  await check(client, messages, MESSAGE, ['gateway', 'stream', 'sequence', ...time]);
  await check(client, gaps, GAP, ['gateway', 'stream', 'first', 'last']);
}

async function create(client: Client, { messages, gaps }: TableNames, timescale: boolean): Promise<void> {
  const steps = [
    `SELECT pg_advisory_xact_lock(${LOCK})`,
    `CREATE TABLE IF NOT EXISTS ${messages} (
       gateway text NOT NULL, stream text NOT NULL, sequence bigint NOT NULL,
       "time" timestamptz NOT NULL, id text, topic text, payload jsonb, message json NOT NULL,
       PRIMARY KEY (gateway, stream, sequence${timescale ? ', "time"' : ''}))`,
    `CREATE TABLE IF NOT EXISTS ${gaps} (
       gateway text NOT NULL, stream text NOT NULL, "first" bigint NOT NULL, "last" bigint NOT NULL,
       reason text NOT NULL, "time" timestamptz NOT NULL,
       PRIMARY KEY (gateway, stream, "first", "last"))`,
  ];
  await client.query('BEGIN');
  try {
    for (const step of steps) await client.query(step);
    if (timescale && (await hasTimescale(client))) {
      await client.query(`SELECT create_hypertable($1::regclass, 'time'::name, if_not_exists => true)`, [messages]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

const hasTimescale = async (client: Client) =>
  (await client.query(`SELECT FROM pg_proc WHERE proname = 'create_hypertable' LIMIT 1`)).rows.length > 0;

async function check(client: Client, table: string, names: readonly string[], key: readonly string[]): Promise<void> {
  const { rows } = await client.query<Column>(COLUMNS, [table]);
  const wrong = rows.find(({ name, type }) => names.includes(name) && !(TYPES[name] ?? TEXT).includes(type));
  const reason =
    whyForeign(rows, names, key) ??
    (wrong && `its column "${wrong.name}" is ${wrong.type}, not ${(TYPES[wrong.name] ?? TEXT).join(' or ')}`);
  if (reason !== undefined) throw errors.TABLE_FOREIGN({ table, reason });
}

const COLUMNS = `
SELECT a.attname AS name, t.typname AS type,
  a.attnum = ANY (coalesce(k.conkey, '{}')) AS key,
  a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS needed
FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'p'
WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum`;
