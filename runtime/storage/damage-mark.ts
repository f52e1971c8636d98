import { existsSync, rmSync, writeFileSync } from 'node:fs';

/** Beside a file in which damage was met: the next opening sets the file aside. */
const markOf = (file: string) => `${file}.damaged`;

export const isMarked = (file: string) => existsSync(markOf(file));

export const clearMark = (file: string) => rmSync(markOf(file), { force: true });

export function markDamaged(file: string, reason: string): void {
  try {
    writeFileSync(markOf(file), reason);
  } catch {
    // The disk that spoilt the file may refuse the note as well; then the next opening finds the damage by itself.
  }
}
