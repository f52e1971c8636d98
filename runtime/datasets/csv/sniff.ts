import { open } from 'node:fs/promises';
import type { Encoding } from './encoding.ts';

const LOOK = 16 * 1024;
/** The surest first: a comma may be a decimal comma where something else separates. */
const DELIMITERS = ['\t', ';', '|', ','] as const;

/** The delimiter of a CSV file: the one that every one of its first lines has, and as often. */
export async function sniffDelimiter(path: string, encoding: Encoding): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOK), 0, LOOK, 0);
    return delimiterOf(new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead)), bytesRead === LOOK);
  } finally {
    await file.close();
  }
}

/**
 * @param cut the last line is not whole
 *
 * @example
 * delimiterOf('t;x\n0;1,5\n', false); // ';'
 */
export function delimiterOf(text: string, cut: boolean): string {
  const lines = text
    .split(/\r?\n|\r/)
    .slice(0, cut ? -1 : undefined)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .slice(0, 20)
    .map((line) => line.replace(/"[^"]*"/g, ''));
  const count = (line: string, delimiter: string) => line.split(delimiter).length - 1;
  const [first = ''] = lines;
  const steady = DELIMITERS.find((delimiter) => {
    const expected = count(first, delimiter);
    return expected > 0 && lines.every((line) => count(line, delimiter) === expected);
  });
  // A line may be broken: then what the header has.
  return steady ?? DELIMITERS.find((delimiter) => count(first, delimiter) > 0) ?? ',';
}
