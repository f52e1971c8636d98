/** The columns that every CSV and Parquet document of ours has, beside those of the payload. */
export const COLUMNS = {
  gateway: 'gateway',
  stream: 'stream',
  /** Of a gap its first. */
  sequence: 'sequence',
  time: 'time',
  id: 'id',
  topic: 'topic',
  /** A payload that is a single value; the fields of one that is an object are `payload.NAME`. */
  payload: 'payload',
  gapLast: 'gap_last',
  gapReason: 'gap_reason',
  /** As JSON: what has no column of its own. */
  rest: 'rest',
} as const;
