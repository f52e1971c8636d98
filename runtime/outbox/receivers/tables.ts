import { errors } from '../errors.ts';
import { type TableNames, tableNames } from '../senders/table/index.ts';
import { type Holdings, type ReceiverOptions } from './types.ts';
import { merge } from './ranges.ts';

/** A database that can be asked: values stand for `$1`, `$2` … */
export interface Reading {
  readonly address: string;
  /** It has schemas: `SCHEMA.TABLE`. */
  readonly schemas: boolean;
  all(sql: string, values: readonly string[]): Promise<readonly Readonly<Record<string, unknown>>[]>;
  has(table: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Enough to say whose they are. */
const GATEWAYS = 10;

/** What the two tables of a receiver hold of a gateway. @throws RECEIVER_EMPTY */
export async function readTables(reading: Reading, { gateway, table }: ReceiverOptions): Promise<Holdings> {
  const names = tableNames(table, reading);
  if (!(await reading.has(names.messages))) throw errors.RECEIVER_EMPTY({ address: reading.address, table });
  const runs = await reading.all(runsOf(names), [gateway]);
  const gaps = (await reading.has(names.gaps))
    ? await reading.all(`SELECT stream, "first" AS f, "last" AS l FROM ${names.gaps} WHERE gateway = $1`, [gateway])
    : [];
  const gateways = await reading.all(`SELECT DISTINCT gateway AS g FROM ${names.messages} LIMIT ${GATEWAYS}`, []);
  const rangesOf = (rows: readonly Readonly<Record<string, unknown>>[], stream: string) =>
    merge(
      rows
        .filter((row) => row['stream'] === stream)
        .map((row) => ({ first: Number(row['f']), last: Number(row['l']) })),
    );
  const streams = new Set([...runs, ...gaps].map((row) => String(row['stream'])));
  return {
    streams: [...streams].map((stream) => ({
      stream,
      ranges: rangesOf(runs, stream),
      repeats: Number(runs.find((row) => row['stream'] === stream)?.['repeats'] ?? 0),
      gaps: rangesOf(gaps, stream),
    })),
    gateways: gateways.map((row) => String(row['g'])),
    unreadable: [],
  };
}

/**
 * Runs of sequences without a hole: within one, a number less its place is the same. Where the time is part of the key, a
 * message might stand there twice.
 */
const runsOf = ({ messages }: TableNames) => `
WITH once AS (SELECT stream, sequence, count(*) AS times FROM ${messages} WHERE gateway = $1 GROUP BY stream, sequence),
     placed AS (SELECT stream, sequence, times,
                  sequence - row_number() OVER (PARTITION BY stream ORDER BY sequence) AS run FROM once),
     runs AS (SELECT stream, min(sequence) AS f, max(sequence) AS l, sum(times - 1) AS spare
              FROM placed GROUP BY stream, run)
SELECT stream, f, l, sum(spare) OVER (PARTITION BY stream) AS repeats FROM runs ORDER BY stream, f`;
