import { existsSync, renameSync } from 'node:fs';

/** Renames a damaged file, with its log, to the first free `FILE.quarantine-N`. @returns the new path */
export function quarantine(file: string): string {
  let number = 1;
  while (existsSync(`${file}.quarantine-${number}`)) number += 1;
  const aside = `${file}.quarantine-${number}`;
  renameSync(file, aside);
  // The log goes along: it may hold the newest rows. The shared-memory file is made anew.
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  }
  return aside;
}
