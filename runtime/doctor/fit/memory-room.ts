import { type MachineProfile, MEMORY_END } from '../../messages/index.ts';

/** Bytes that a flow may take before it ends itself. */
export const memoryBound = ({ ceilingBytes = Infinity }: MachineProfile['memory']): number => MEMORY_END * ceilingBytes;

/** Bytes that are there for a flow: what is free and what the one before it gives back, up to its bound. */
export const memoryRoom = (memory: MachineProfile['memory']): number =>
  Math.min(memory.availableBytes + memory.ownBytes, memoryBound(memory));
