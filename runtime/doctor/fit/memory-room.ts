import type { MachineProfile } from '../../messages/index.ts';

/** Bytes that are there for a flow: what is free, what the one before it gives back, and no more than its ceiling. */
export const memoryRoom = ({ availableBytes, ownBytes, ceilingBytes = Infinity }: MachineProfile['memory']): number =>
  Math.min(availableBytes + ownBytes, ceilingBytes);
