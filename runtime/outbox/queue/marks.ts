import { crc32 } from 'node:zlib';
import type { Row, Statement } from '../../storage/index.ts';

/** How far a stream has come at a destination: what was taken for it, and what it has acknowledged. */
export type MarkKind = 'appended' | 'acknowledged';

export interface Mark {
  readonly kind: MarkKind;
  readonly destination: string;
  readonly stream: string;
  readonly sequence: number;
}

const checksum = ({ kind, destination, stream, sequence }: Mark) =>
  crc32([kind, destination, stream, sequence].join('\n'));

export const READ_MARKS =
  'SELECT id, kind, destination, stream, CAST(sequence AS TEXT) AS sequence, CAST(crc AS TEXT) AS crc FROM mark';

/** Keeps the marks: in the same write as the records that they speak of. */
export function writeMarks(marks: readonly Mark[]): Statement {
  return {
    sql: `INSERT INTO mark (kind, destination, stream, sequence, crc) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET sequence = excluded.sequence, crc = excluded.crc`,
    rows: marks.map((mark) => [mark.kind, mark.destination, mark.stream, mark.sequence, checksum(mark)]),
  };
}

/** The marks on disk; a row whose checksum is wrong is only named. */
export function parseMarks(rows: readonly Row[]): { readonly sound: Mark[]; readonly damaged: number[] } {
  const sound: Mark[] = [];
  const damaged: number[] = [];
  for (const row of rows) {
    const mark: Mark = {
      kind: row['kind'] as MarkKind,
      destination: String(row['destination']),
      stream: String(row['stream']),
      sequence: Number(row['sequence']),
    };
    if (checksum(mark) === Number(row['crc'])) sound.push(mark);
    else damaged.push(Number(row['id']));
  }
  return { sound, damaged };
}

/** The marks in memory: `of(kind, destination, stream)`, and the last sequence of a stream anywhere. */
export function createMarks(marksOnDisk: readonly Mark[], firstSequence: number) {
  const marks = new Map<string, Mark>();
  const ends = new Map<string, number>();
  const keyOf = ({ kind, destination, stream }: Omit<Mark, 'sequence'>) => JSON.stringify([kind, destination, stream]);

  const set = (mark: Mark) => {
    marks.set(keyOf(mark), mark);
    if (mark.kind === 'appended') ends.set(mark.stream, Math.max(ends.get(mark.stream) ?? 0, mark.sequence));
  };

  marksOnDisk.forEach(set);

  return {
    set,
    of: (kind: MarkKind, destination: string, stream: string) =>
      marks.get(keyOf({ kind, destination, stream }))?.sequence,
    /** The stream's last sequence, over all destinations: a number is never given twice. */
    end: (stream: string) => ends.get(stream) ?? firstSequence - 1,
  };
}
