import { stripVTControlCharacters } from 'node:util';

/** One line on stderr that says how far something is: it is written over on a terminal, and only there. */
export interface ProgressLine {
  /** @param done 0 to 1 */
  show(done: number, words: string): void;
  /** Takes the line away. */
  clear(): void;
}

const WIDTH = 24;

export function createProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  let shown = false;
  return {
    show(done, words) {
      const full = Math.round(done * WIDTH);
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
      const text = `${bar} ${Math.round(done * 100)} %  ${stripVTControlCharacters(words)}`;
      stream.write(`\r${text.slice(0, (stream.columns || 80) - 1)}\u001B[K`);
      shown = true;
    },
    clear() {
      if (shown) stream.write('\r\u001B[K');
      shown = false;
    },
  };
}
