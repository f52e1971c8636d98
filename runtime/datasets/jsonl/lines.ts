import { open } from 'node:fs/promises';
import { lineBytes } from '../limits.ts';

const CHUNK = 64 * 1024;
const NEW_LINE = 0x0a;

export interface Line {
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  /** The file ends in the middle of it. */
  readonly cut: boolean;
  /** It is longer than the limit: the text is empty. */
  readonly tooLong: boolean;
}

/** The lines of a file, with bounded memory. Empty ones are passed over, but counted. */
export async function* lines(path: string): AsyncGenerator<Line> {
  const file = await open(path, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let held: Buffer[] = [];
    let heldBytes = 0;
    let tooLong = false;
    let number = 0;
    const take = (cut: boolean): Line | undefined => {
      number++;
      const text = tooLong ? '' : Buffer.concat(held).toString('utf8').trim();
      const line = { text: number === 1 ? text.replace(/^\ufeff/, '') : text, number, cut, tooLong };
      held = [];
      heldBytes = 0;
      tooLong = false;
      return line.text === '' && !line.tooLong ? undefined : line;
    };
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK, null);
      if (bytesRead === 0) break;
      let from = 0;
      while (from < bytesRead) {
        const found = chunk.subarray(0, bytesRead).indexOf(NEW_LINE, from);
        const to = found === -1 ? bytesRead : found;
        heldBytes += to - from;
        if (heldBytes > lineBytes.value) {
          tooLong = true;
          held = [];
        } else {
          held.push(Buffer.from(chunk.subarray(from, to)));
        }
        from = to + 1;
        if (found === -1) break;
        const line = take(false);
        if (line) yield line;
      }
    }
    const last = heldBytes > 0 ? take(true) : undefined;
    if (last) yield last;
  } finally {
    await file.close();
  }
}
