import { createReadStream } from 'node:fs';

/** What a text file may be written in; spreadsheets still write the last three. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** @returns the encoding that a byte order mark says, if there is one */
export function markedEncoding(head: Uint8Array): Encoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/**
 * What a text file is written in. What its mark does not say is UTF-8, if every byte of it may be; else Windows-1252, which
 * takes any byte: umlauts that a spreadsheet wrote are then letters and not "�". Reads the file once.
 */
export async function encodingOf(path: string): Promise<Encoding> {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      const marked = first ? markedEncoding(piece) : undefined;
      if (marked) return marked;
      first = false;
      strict.decode(piece, { stream: true });
    }
    strict.decode();
    return 'utf-8';
  } catch (thrown) {
    if (thrown instanceof TypeError) return 'windows-1252';
    throw thrown;
  }
}
