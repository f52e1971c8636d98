import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Characters of a line; what a child writes beyond that before it ends the line is let go. */
const LONGEST = 4_000_000;

/** Tells each line as it comes, in bounded room: a child may write for ever and never end one. */
export function readLines(stream: Readable, onLine: (line: string) => void, longest = LONGEST): void {
  const decoder = new StringDecoder('utf8');
  let line = '';
  const add = (text: string) => void (line += text.slice(0, longest - line.length));
  const tell = () => {
    const told = line.replace(/\r$/, '');
    line = '';
    // Who shows progress writes over his own line.
    for (const each of told.split('\r')) onLine(each);
  };
  stream.on('data', (chunk: Buffer) => {
    const [first = '', ...others] = decoder.write(chunk).split('\n');
    add(first);
    for (const text of others) {
      tell();
      add(text);
    }
  });
  stream.on('end', () => {
    add(decoder.end());
    if (line !== '') tell();
  });
}
