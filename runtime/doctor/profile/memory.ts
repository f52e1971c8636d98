import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import type { MachineProfile } from '../../messages/index.ts';
import { controlGroup } from './control-group.ts';
import type { OwnProcess } from './own-processes.ts';
import { textOf } from './text-of.ts';

/** What Node.js says where no control group bounds the process is 0, or more than there can be. */
const NO_BOUND = 2 ** 53;

/** @param ceilingBytes of a flow that runs here */
export async function memoryProfile(
  own: readonly OwnProcess[],
  ceilingBytes: number,
): Promise<MachineProfile['memory']> {
  const totalBytes = totalmem();
  const bound = process.constrainedMemory();
  const limited = bound > 0 && bound < Math.min(NO_BOUND, totalBytes);
  return {
    totalBytes,
    // Of the control group too, where it bounds us.
    availableBytes: limited
      ? Math.min(freemem(), process.availableMemory() + cachedFiles(await groupStatistics()))
      : process.availableMemory(),
    ...(limited && { limitBytes: bound }),
    ceilingBytes,
    ownBytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function groupStatistics(): Promise<string> {
  const folder = await controlGroup();
  return folder === undefined ? '' : textOf(join(folder, 'memory.stat'));
}

/**
 * Bytes of files that the kernel keeps in memory and lets go of as soon as somebody needs room. A control group counts them as
 * used: after months of reading and writing a gateway would seem to have none left.
 *
 * @param statistics `memory.stat` of a control group, version 2
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html
 */
export function cachedFiles(statistics: string): number {
  const bytesOf = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(statistics)?.[1] ?? 0);
  return bytesOf('active_file') + bytesOf('inactive_file');
}
