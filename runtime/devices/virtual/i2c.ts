/** The I2C bus of a virtual board: who answers at which address. It knows no Firmata: a peer and an emulated chip share it. */
import { errors } from '../errors.ts';
import type { PlacedChip, Quantity, WorldReading } from '../world/types.ts';
import { CHIPS } from './chips/index.ts';
import type { Chip, ChipEntry } from './chips/chip.ts';

/** What a chip senses where the scene says nothing. */
const AT_REST: Readonly<Partial<Record<Quantity, number>>> = {
  temperature: 21,
  humidity: 45,
  pressure: 1013.25,
  accelerationZ: 1,
};

export interface BusOptions {
  readonly chips: readonly PlacedChip[];
  /** What the world has now. It is asked once a transaction at most, and not at all where nobody answers. */
  readonly reading: () => Pick<WorldReading, 'quantities' | 'sensed' | 'absent' | 'levels' | 'volts'>;
  /** What a chip drives has another value. */
  readonly onDrive?: (chip: PlacedChip, output: string, value: number | string) => void;
}

export interface Bus {
  /**
   * One write transaction.
   *
   * @param time ms since the world began
   * @returns false if nobody acknowledged
   */
  write(address: number, bytes: readonly number[], time: number): boolean;
  /**
   * One read transaction. What it reads does not depend on how many bytes were asked for: a caller that learns only byte by
   * byte how many are wanted may ask for more than it needs.
   *
   * @returns `undefined` if nobody acknowledged
   */
  read(address: number, count: number, time: number): readonly number[] | undefined;
}

interface Placed {
  readonly place: PlacedChip;
  readonly chip: Chip;
}

/**
 * Makes a bus with the chips of a world on it.
 *
 * @throws CHIP_UNKNOWN if there is no such chip, or it cannot have that address
 */
export function createBus({ chips, reading, onDrive }: BusOptions): Bus {
  /** What the chip that is spoken to senses. */
  let quantities: WorldReading['quantities'] = {};
  let now: ReturnType<BusOptions['reading']> | undefined;
  const placed = new Map<number, Placed>();
  for (const place of chips) {
    const entry: ChipEntry | undefined = (CHIPS as Readonly<Record<string, ChipEntry>>)[place.chip];
    if (!entry?.addresses.includes(place.address)) {
      throw errors.CHIP_UNKNOWN({ chip: place.chip, address: hex(place.address), chips: chipsInWords() });
    }
    const chip = entry.make({
      quantity: (name) => quantities[name] ?? AT_REST[name] ?? 0,
      level: (input) => now?.levels[`${place.chip}:${input}`],
      volts: (input) => now?.volts[`${place.chip}:${input}`],
      drive: (output, value) => onDrive?.(place, output, value),
    });
    placed.set(place.address, { place, chip });
  }

  const at = (address: number): Chip | undefined => {
    const found = placed.get(address);
    if (!found) return undefined;
    now = reading();
    quantities = now.sensed?.get(address) ?? now.quantities;
    return now.absent.has(address) ? undefined : found.chip;
  };

  return {
    write(address, bytes, time) {
      const chip = at(address);
      chip?.write(bytes, time);
      return chip !== undefined;
    },
    read: (address, count, time) => at(address)?.read(count, time),
  };
}

/** An address as data sheets write it: `0x68`. */
export const hex = (address: number): string => `0x${address.toString(16).padStart(2, '0')}`;

const chipsInWords = () =>
  Object.entries(CHIPS as Readonly<Record<string, ChipEntry>>)
    .map(([name, { addresses }]) => `${name} at ${addresses.map(hex).join(' or ')}`)
    .join(', ');
