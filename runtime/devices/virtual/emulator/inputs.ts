/** What the world puts on the pins of the chip. */
import { portBConfig, portCConfig, portDConfig } from 'avr8js';
import type { WorldReading } from '../../world/types.ts';
import { quantise } from '../adc.ts';
import { pinName, UNO } from '../uno.ts';
import type { Chip } from './chip.ts';

const PORTS = [
  { name: 'D', first: 0, config: portDConfig },
  { name: 'B', first: 8, config: portBConfig },
  { name: 'C', first: 14, config: portCConfig },
] as const;

/** What there is at one instant, ms of the chip's clock. */
export interface Look {
  readonly at: number;
  readonly world: WorldReading;
}

/**
 * Wires a chip that has just been switched on to the world.
 *
 * @param look what there is now
 */
export function wireInputs({ cpu, adc, ports }: Chip, look: () => Look) {
  /** What the converter is about: the readings of one set are taken of one instant. */
  let set: Look | undefined;

  adc.onADCRead = (input) => {
    set ??= look();
    const volts = 'channel' in input ? set.world.volts[`A${input.channel}`] : undefined;
    const counts = quantise(volts ?? 0);
    cpu.addClockEvent(() => adc.completeADCRead(counts), adc.sampleCycles);
  };

  for (const { name, first, config } of PORTS) {
    const levels: boolean[] = [];
    // The pins are looked at when the firmware looks.
    cpu.readHooks[config.PIN] = (address) => {
      const { world } = look();
      for (let bit = 0; bit < 8 && first + bit < UNO.length; bit++) {
        const pin = first + bit;
        // Nothing wired: a pulled-up input floats high.
        const pulledUp = ((cpu.data[config.PORT] ?? 0) >> bit) & 1;
        const level = Boolean(world.levels[pinName(pin, UNO[pin]?.analog)] ?? pulledUp);
        if (levels[bit] === level) continue;
        levels[bit] = level;
        ports[name].setPin(bit, level);
      }
      return cpu.data[address] ?? 0;
    };
  }

  return {
    /** The set of readings that was begun last is done with. */
    takeSet(): Look | undefined {
      const taken = set;
      set = undefined;
      return taken;
    },
  };
}
