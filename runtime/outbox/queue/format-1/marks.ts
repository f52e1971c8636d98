import { crc32 } from 'node:zlib';
import type { Row } from '../../../storage/index.ts';

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
