/** Which chip is at an address, as far as it can say so itself. */
import { IDENTITIES, type Identity, type Mark } from '../catalogue/identities.ts';
import { type Bus, SilentChip } from './bus.ts';
import { isProm, PROM, PROM_WORDS } from './prom.ts';

/** What was found at the address of a chip: itself, nothing at all, or something else. */
export type Found =
  | 'right'
  | 'absent'
  | {
      /** Its key in the table of identities; '' of one that is not there. */
      readonly other: string;
    };

/**
 * Asks whether this chip is at this address. Of one that cannot say what it is nothing is asked, and it counts as right: some
 * do not even acknowledge before they have measured. Other chips are asked for only where this one does not answer, and only
 * by reading.
 */
export async function identify(bus: Bus, chip: string, address: number): Promise<Found> {
  const read = new Map<string, readonly number[]>();
  const bytesAt = async ({ register, is: [first = []] }: Mark) => {
    const key = `${register} ${first.length}`;
    const known = read.get(key);
    if (known) return known;
    const bytes = await bus.read(address, register, first.length);
    const values = Array.from({ length: first.length }, (_, index) => bytes.at(index));
    read.set(key, values);
    return values;
  };
  const holds = async (mark: Mark) => {
    const bytes = await bytesAt(mark);
    const mask = mark.mask ?? 0xff;
    return mark.is.some((is) => is.every((byte, index) => byte === ((bytes[index] ?? 0) & mask)));
  };
  const calibrated = async () => {
    const words: number[] = [];
    for (let word = 0; word < PROM_WORDS; word++) words.push((await bus.read(address, PROM + 2 * word, 2)).high(0));
    return isProm(words);
  };
  const matches = async ({ marks, prom }: Identity) => {
    for (const mark of marks) if (!(await holds(mark))) return false;
    return prom ? calibrated() : true;
  };
  /** Those that name themselves come before those that do not. */
  const others = Object.entries(IDENTITIES)
    .filter(([name, { addresses }]) => name !== chip && addresses.includes(address))
    .sort(([, one], [, other]) => Number(one.prom ?? false) - Number(other.prom ?? false));
  const search = async () => {
    for (const [other, identity] of others) if (await matches(identity)) return { other };
    return undefined;
  };

  const own = IDENTITIES[chip];
  if (!own) return 'right';
  try {
    // Before its first reset such a chip may not have its words yet: its driver looks at them after one.
    if (own.prom) return (await search()) ?? 'right';
    if (await matches(own)) return 'right';
    return (await search()) ?? { other: '' };
  } catch (thrown) {
    if (thrown instanceof SilentChip) return 'absent';
    throw thrown;
  }
}
