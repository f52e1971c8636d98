import type { Firmata } from 'firmata-io';
import type { Clock } from '../../base/index.ts';
import { Bytes } from './chips/driver.ts';

/** ms that a reply may take: firmware answers within a few, and says so too where nobody acknowledged. */
const PATIENCE = 400;
/** Late replies that are waited for at the most: firmware may never answer for a chip that is not there. */
const MOST_OWED = 2;

/** Nothing, or not every byte, came back from a chip. */
export class SilentChip extends Error {}

/** The board's I2C bus, as the computer sees it. */
export interface Bus {
  write(address: number, bytes: readonly number[]): void;
  /**
   * Readings follow one another: a reply does not say which question it answers. One that comes after its question was given
   * up is dropped, and is not taken for the answer to the next.
   *
   * @throws SilentChip
   */
  read(address: number, register: number | undefined, count: number): Promise<Bytes>;
  /** Whether anything acknowledges the address. */
  probe(address: number): Promise<boolean>;
  /**
   * Does what takes several messages to a chip while nobody else comes between: a measurement and what it brought.
   *
   * @param setup how it is to be set up
   * @param work told whether the chip is still as this setup left it
   */
  alone<T>(address: number, setup: string, work: (asLeft: boolean) => Promise<T>): Promise<T>;
}

/** @see https://github.com/firmata/protocol/blob/master/i2c.md */
export function createBus(io: Firmata, clock: Clock): Bus {
  let configured = false;
  let last: Promise<unknown> = Promise.resolve();
  /** By address: the end of what is being done there, and who set it up last. */
  const busy = new Map<number, Promise<unknown>>();
  const setups = new Map<number, string>();
  const configure = () => {
    // Without the delay that some drivers ask for: the firmware would stand still for it at every reading of every chip.
    if (!configured) io.i2cConfig(0);
    configured = true;
  };

  /** By what a reply is called: how many may still come to questions that were given up. */
  const owed = new Map<string, number>();
  /** What comes when nobody has asked answers a question that was given up. */
  const late = (event: string) => () => {
    owed.set(event, (owed.get(event) ?? 1) - 1);
    listenLate(event);
  };
  const listening = new Map<string, () => void>();
  const ignoreLate = (event: string) => {
    const listener = listening.get(event);
    if (listener) io.removeListener(event, listener);
    listening.delete(event);
  };
  const listenLate = (event: string) => {
    ignoreLate(event);
    if ((owed.get(event) ?? 0) <= 0) return void owed.delete(event);
    const listener = late(event);
    listening.set(event, listener);
    io.once(event, listener);
  };

  const ask = (address: number, register: number | undefined, count: number) =>
    new Promise<Bytes>((resolve, reject) => {
      const event = `I2C-reply-${address}-${register ?? 0}`;
      ignoreLate(event);
      let before = owed.get(event) ?? 0;
      let dropped = false;
      const end = (outstanding: number) => {
        silent.cancel();
        io.removeListener(event, take);
        owed.set(event, Math.min(MOST_OWED, outstanding));
        listenLate(event);
      };
      const silent = clock.after(PATIENCE, () => {
        // What was dropped may have been the answer: those before it never came.
        end(before + (dropped ? 0 : 1));
        reject(new SilentChip());
      });
      const take = (bytes: readonly number[]) => {
        if (before > 0) {
          before--;
          dropped = true;
          return;
        }
        end(0);
        if (bytes.length < count) reject(new SilentChip());
        else resolve(new Bytes(bytes));
      };
      const ignore = () => undefined;
      io.on(event, take);
      if (register === undefined) io.i2cReadOnce(address, count, ignore);
      else io.i2cReadOnce(address, register, count, ignore);
      // What firmata-io listens with would wait for ever where no reply comes.
      io.removeListener(event, ignore);
    });

  const read: Bus['read'] = (address, register, count) => {
    configure();
    const answer = last.then(() => ask(address, register, count));
    last = answer.catch(() => undefined);
    return answer;
  };

  return {
    write(address, bytes) {
      configure();
      io.i2cWrite(address, [...bytes]);
    },
    read,
    probe: (address) =>
      read(address, undefined, 1).then(
        () => true,
        () => false,
      ),
    alone(address, setup, work) {
      const done = (busy.get(address) ?? Promise.resolve()).then(() => {
        const asLeft = setups.get(address) === setup;
        setups.set(address, setup);
        return work(asLeft);
      });
      busy.set(
        address,
        done.catch(() => undefined),
      );
      return done;
    },
  };
}
