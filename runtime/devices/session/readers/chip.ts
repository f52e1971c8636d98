import { DRIVERS } from '../chips/index.ts';
import { OtherChip, type Port } from '../chips/driver.ts';
import { SilentChip } from '../bus.ts';
import { identify } from '../identify.ts';
import type { Fault } from '../protocol.ts';
import { paced } from './paced.ts';
import type { MakeReader } from './reader.ts';

/**
 * What follows from what a chip gives.
 *
 * @see the barometric formula of the standard atmosphere (ISO 2533) for the altitude
 */
function derived(values: Readonly<Record<string, number>>, seaLevel: number): Record<string, number> {
  const { pressure, fieldX, fieldY } = values;
  return {
    ...(pressure !== undefined && { altitude: 44_330 * (1 - (pressure / seaLevel) ** (1 / 5.255)) }),
    ...(fieldX !== undefined && fieldY !== undefined && { heading: (Math.atan2(fieldY, fieldX) * 180) / Math.PI }),
  };
}
const round = ({ heading, ...values }: Record<string, number>) =>
  heading === undefined ? values : { ...values, heading: (heading + 360) % 360 };

/** A chip on the I2C bus. One that was away is set up anew: it may have lost its supply. */
export const chip: MakeReader = (
  { address = 0, options, period },
  { chip: name = '' },
  { bus, clock, stamp },
  receiver,
) => {
  let time = 0;
  const port: Port = {
    write: (...bytes) => bus.write(address, bytes),
    async read(register, count) {
      const bytes = await bus.read(address, register, count);
      time = stamp();
      return bytes;
    },
    pause: (ms) => new Promise((resolve) => clock.after(ms, resolve)),
  };
  const driver = DRIVERS[name]?.(port, options);
  const setup = JSON.stringify([name, options]);
  let ready = false;

  const once = async (asLeft: boolean): Promise<Fault | undefined> => {
    // Put away while it waited: somebody else may have set the chip up since.
    if (!awake) return undefined;
    try {
      if (!ready) {
        const found = await identify(bus, name, address);
        if (found === 'absent') return { what: 'nothing' };
        if (found !== 'right') return { what: 'wrong', other: found.other };
      }
      // Another node reads the same chip, and may have given it another range.
      if (!ready || !asLeft) await driver?.start?.();
      ready = true;
      const values = (await driver?.read()) ?? {};
      const seaLevel = Number(options['seaLevel'] ?? 1013.25);
      if (!awake || receiver.take({ ...round(derived(values, seaLevel)), ...values }, time)) return undefined;
      return { what: 'empty' };
    } catch (thrown) {
      ready = false;
      if (thrown instanceof SilentChip) return { what: 'nothing' };
      if (thrown instanceof OtherChip) return { what: 'wrong', other: '' };
      throw thrown;
    }
  };
  const read = () => bus.alone(address, setup, once);
  let awake = true;
  const reader = paced(clock, period, { read, silent: (fault) => receiver.silent(fault) });
  reader.wake();
  return {
    wake() {
      awake = true;
      ready = false;
      reader.wake();
    },
    rest() {
      awake = false;
      reader.rest();
    },
  };
};
