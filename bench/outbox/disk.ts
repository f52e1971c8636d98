/** What the disk itself does: measured beside every figure, for no queue can be faster than what it flushes to. */
import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Appends of a page, each flushed, a second: the raw fdatasync rate of the disk under the directory. */
export function flushesPerSecond(directory: string, milliseconds = 500): number {
  const file = join(directory, 'flushes');
  const descriptor = openSync(file, 'w');
  const page = Buffer.alloc(4096, 1);
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < milliseconds) {
    writeSync(descriptor, page, 0, page.length, (count % 1024) * page.length);
    fdatasyncSync(descriptor);
    count++;
  }
  const rate = (1000 * count) / (performance.now() - begun);
  closeSync(descriptor);
  rmSync(file);
  return Math.round(rate);
}

/** A disk of its own, whose every written byte is counted. */
export interface CountedDisk {
  readonly directory: string;
  /** How the bytes were counted, for the table. */
  readonly by: string;
  /** Bytes that have reached the device so far, also those of the file system's own journal. */
  written(): number;
  remove(): void;
}

/**
 * An ext4 file system in an image on a loop device: `/sys/block/loopN/stat` counts what the device was given, the file
 * system's journal and tables included, and nothing that anybody else on the machine writes. It needs root.
 */
export function countedDisk(under: string, megabytes: number): CountedDisk | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const image = join(under, 'disk.ext4');
  const directory = join(under, 'disk');
  mkdirSync(directory);
  execFileSync('truncate', ['-s', `${megabytes}M`, image]);
  execFileSync('mkfs.ext4', ['-q', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image]);
  execFileSync('mount', ['-o', 'loop,noatime', image, directory]);
  const device = execFileSync('findmnt', ['-n', '-o', 'SOURCE', directory], { encoding: 'utf8' }).trim();
  const stat = `/sys/block/${device.replace('/dev/', '')}/stat`;
  return {
    directory,
    by: 'loop device',
    written() {
      execFileSync('sync', ['-f', directory]);
      // The seventh number is of sectors written, 512 bytes each whatever the device's own are.
      return 512 * Number(readFileSync(stat, 'utf8').trim().split(/\s+/)[6]);
    },
    remove() {
      execFileSync('umount', [directory]);
      rmSync(image);
    },
  };
}
