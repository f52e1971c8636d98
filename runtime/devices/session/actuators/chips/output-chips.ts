import type { Bus } from '../../bus.ts';

/** Writes bytes to a chip on the bus. */
export type WriteChip = (...bytes: readonly number[]) => void;

/**
 * The chips that outputs are on, each set up once. Johnny-Five's own expanders are not used: it keeps one for each address
 * of a thread, whichever board it is on and whichever chip it is, and sets its outputs one after the other.
 */
export function createOutputChips(bus: Bus) {
  const made = new Map<string, unknown>();
  return {
    /** The chip at an address, from what makes it the first time. */
    at<Chip>(kind: string, address: number, make: (write: WriteChip) => Chip): Chip {
      const key = `${kind} ${address}`;
      const chip = (made.get(key) ?? make((...bytes) => bus.write(address, bytes))) as Chip;
      made.set(key, chip);
      return chip;
    },
  };
}
export type OutputChips = ReturnType<typeof createOutputChips>;
