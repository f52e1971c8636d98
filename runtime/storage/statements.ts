/** What SQLite keeps in a column. A whole number beyond 2^53 must be given as a bigint, and is refused when read. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** One row of an answer, by column name. */
export type Row = Readonly<Record<string, SqlValue>>;

/** One statement; with `rows` it runs once per entry. Values stand for `?` in order. */
export interface Statement {
  readonly sql: string;
  readonly values?: readonly SqlValue[];
  readonly rows?: readonly (readonly SqlValue[])[];
}

/** What belongs together: all of its statements are kept, or none. */
export type Write = readonly Statement[];

/** The statements that lead from one format number to the next. */
export type Migration = readonly string[];
