import { totalmem } from 'node:os';
import type { MachineProfile } from '../../messages/index.ts';
import type { OwnProcess } from './own-processes.ts';

/** What Node.js says where no control group bounds the process is 0, or more than there can be. */
const NO_BOUND = 2 ** 53;

export function memoryProfile(own: readonly OwnProcess[]): MachineProfile['memory'] {
  const totalBytes = totalmem();
  const bound = process.constrainedMemory();
  const limited = bound > 0 && bound < Math.min(NO_BOUND, totalBytes);
  return {
    totalBytes,
    // Of the control group too, where it bounds us.
    availableBytes: process.availableMemory(),
    ...(limited && { limitBytes: bound }),
    ownBytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
