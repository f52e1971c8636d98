import { createHash } from 'node:crypto';
import type { TruthLabel } from '../../messages/index.ts';
import type { SetFiles } from './set-files.ts';
import type { Shape } from './shape.ts';

/** What the index says of examples, in the order of their ids. */
export interface IndexRows {
  /** Edits before it was read. */
  readonly edits: number;
  /** As `DataVersion`. */
  readonly digest: string;
  readonly ids: Int32Array;
  readonly labels: readonly (TruthLabel | null)[];
  /** NaN where it is not known. */
  readonly times: Float64Array;
  readonly sources: readonly string[];
  readonly groups: readonly string[];
  /** -1 where the values wait in the index. */
  readonly chunks: Float64Array;
  /** In the chunk. */
  readonly places: Int32Array;
}

/** Rows between which the event loop is free. */
const PAGE = 2_000;
/** Edits by a person while it is read: then it is read again. */
const TURNS = 10;

/**
 * Every example that there is now. No edit falls between two of its pages.
 *
 * @param stored leaves out those that came after the first one whose values wait in the index
 */
export async function readIndexRows(files: SetFiles, shape: Shape, stored = false): Promise<IndexRows> {
  for (let turn = 1; ; turn++) {
    const edits = await files.edits();
    const rows = await readOnce(files, shape, edits, stored);
    if (turn === TURNS || (await files.edits()) === edits) return rows;
  }
}

async function readOnce(files: SetFiles, shape: Shape, edits: number, stored: boolean): Promise<IndexRows> {
  const before = stored ? 'WHERE id < coalesce((SELECT min(id) FROM waiting), 9e15)' : '';
  const [bounds] = await files.read(`SELECT count(*) AS n, max(id) AS last FROM examples ${before}`);
  const [count, last] = [Number(bounds?.['n'] ?? 0), Number(bounds?.['last'] ?? 0)];
  const ids = new Int32Array(count);
  const times = new Float64Array(count);
  const chunks = new Float64Array(count);
  const places = new Int32Array(count);
  const labels: (TruthLabel | null)[] = [];
  const sources: string[] = [];
  const groups: string[] = [];
  const same = interned();
  const digest = createVersionDigest(shape);
  let from = 0;
  while (ids.length > labels.length) {
    const rows = await files.read(
      `SELECT id, label, time, source, run, digest, chunk, row FROM examples WHERE id > ? AND id <= ?
         ORDER BY id LIMIT ${PAGE}`,
      [from, last],
    );
    if (rows.length === 0) break;
    for (const row of rows) {
      const at = labels.length;
      // Removed and added meanwhile: it is read again.
      if (at === count) break;
      from = Number(row['id']);
      const time = row['time'] as number | null;
      const label = same(row['label'] as TruthLabel | null);
      const group = same(String(row['run']));
      ids[at] = from;
      times[at] = time ?? NaN;
      chunks[at] = row['chunk'] === null ? -1 : Number(row['chunk']);
      places[at] = Number(row['row'] ?? -1);
      labels.push(label);
      sources.push(same(String(row['source'])));
      groups.push(group);
      digest.add(label, time, group, row['digest'] as Uint8Array);
    }
  }
  const read = labels.length;
  return {
    edits,
    digest: digest.end(),
    ids: ids.subarray(0, read),
    labels,
    times: times.subarray(0, read),
    sources,
    groups,
    chunks: chunks.subarray(0, read),
    places: places.subarray(0, read),
  };
}

/** The same text as one object: a hundred thousand copies of a label are one. */
export function interned() {
  const known = new Map<unknown, unknown>();
  return <T>(value: T): T => {
    const before = known.get(value);
    if (before !== undefined) return before as T;
    if (known.size < 100_000) known.set(value, value);
    return value;
  };
}

/**
 * The digest of examples: SHA-256 over what an example is, and then label, time, group and the digest of the values of each,
 * in order. Neither ids nor the files that hold them have a part in it.
 */
export function createVersionDigest({ kind, columns, window }: Shape) {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(['millrace data set 1', kind, columns, window ? [window.rate, window.samples] : null]));
  return {
    add(label: TruthLabel | null, time: number | null, group: string, values: Uint8Array): void {
      hash.update(`\n${JSON.stringify([label, time, group])}`);
      hash.update(values);
    },
    end: () => hash.digest('hex'),
  };
}
