import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLines } from '../../../runtime/workers/read-lines.ts';

/** The lines of what comes in these pieces. */
async function linesOf(pieces: readonly Uint8Array[], longest?: number): Promise<string[]> {
  const lines: string[] = [];
  const stream = Readable.from(pieces, { objectMode: true });
  readLines(stream, (line) => lines.push(line), longest);
  await new Promise((resolve) => stream.once('end', resolve));
  return lines;
}

it('tells the same lines however they are cut on their way, also within a character', async () => {
  const text = fc.array(fc.string({ unit: fc.constantFrom('a', ' ', 'ü', '😀'), maxLength: 20 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (lines, size) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(await linesOf(pieces)).toEqual(lines);
    }),
    { numRuns: 50 },
  );
});

it('tells the last one without its end, those of other systems, and those that are written over', async () => {
  expect(await linesOf([Buffer.from('one\r'), Buffer.from('\ntwo\n1 %\r2 %\r3 %\nlast')])).toEqual([
    ...['one', 'two', '1 %', '2 %', '3 %', 'last'],
  ]);
});

it('keeps no more of a line than its bound, and goes on with the next', async () => {
  const endless = Array.from({ length: 100 }, () => Buffer.alloc(1_000, 'x'));
  const lines = await linesOf([...endless, Buffer.from('\nnext\n')], 2_500);
  expect(lines).toEqual(['x'.repeat(2_500), 'next']);
});
