import type { QueryConfig } from 'pg';
import type { GapRow, MessageRow, Rows, TableNames } from '../table/index.ts';

/**
 * Inserts a batch in one statement, which is a transaction by itself: a column is one array, and a row that is there already
 * stays as it is.
 *
 * A message without a time of its own has that of the outbox, which is another one when the message comes over another way;
 * where the time is part of the key, such a row is looked for by the rest of it.
 */
export function insertion({ messages, gaps }: TableNames): (rows: Rows) => QueryConfig {
  const text = `
WITH told AS (
  INSERT INTO ${gaps} (gateway, stream, "first", "last", reason, "time")
  SELECT g, s, f, l, r, to_timestamp(t / 1000)
  FROM unnest($10::text[], $11::text[], $12::int8[], $13::int8[], $14::text[], $15::float8[]) AS gap (g, s, f, l, r, t)
  ON CONFLICT DO NOTHING
)
INSERT INTO ${messages} (gateway, stream, sequence, "time", id, topic, payload, message)
SELECT g, s, n, to_timestamp(t / 1000), i, o, p::jsonb, m::json
FROM unnest($1::text[], $2::text[], $3::int8[], $4::float8[], $5::bool[], $6::text[], $7::text[], $8::text[], $9::text[])
  AS message (g, s, n, t, own, i, o, p, m)
WHERE own OR NOT EXISTS (SELECT FROM ${messages} held WHERE held.gateway = g AND held.stream = s AND held.sequence = n)
ON CONFLICT DO NOTHING`;
  return (rows) => ({ text, values: [...MESSAGE.map(columnOf(rows.messages)), ...GAP.map(columnOf(rows.gaps))] });
}

const MESSAGE = ['gateway', 'stream', 'sequence', 'time', 'ownTime', 'id', 'topic', 'payload', 'message'] as const;
const GAP = ['gateway', 'stream', 'first', 'last', 'reason', 'time'] as const;

const columnOf =
  <Row extends MessageRow | GapRow>(rows: readonly Row[]) =>
  (name: keyof Row) =>
    rows.map((row) => row[name]);
