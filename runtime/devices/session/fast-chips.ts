/** The chips on a connected board's bus that are read at every sampling interval, together with its analog pins. */
import type { Firmata } from 'firmata-io';
import type { Clock, Timer } from '../../base/index.ts';
import { FAST_CHIPS, type FastChip, type LaterChip } from '../catalogue/fast-chips.ts';
import { sevenBits, SYSEX } from '../virtual/protocol.ts';
import { type Bus, SilentChip } from './bus.ts';
import { identify } from './identify.ts';
import type { Fault, FastReading } from './protocol.ts';

const READ_CONTINUOUSLY = 2 << 3;
const STOP_READING = 3 << 3;
/** ms without an answer after which a chip that is read counts as gone, and between the attempts to find it again. */
const GONE = 1000;

export interface FastChipsOptions {
  readonly io: Firmata;
  readonly bus: Bus;
  readonly clock: Clock;
  /** When the bytes that are being delivered were read. */
  readonly stamp: () => number;
  /** A chip gave its words of this instant; none if it did not answer. */
  readonly onWords: (address: number, words: readonly number[], time: number) => void;
  /** @param fault `undefined`: it answers */
  readonly onAnswers: (reading: FastReading, fault: Fault | undefined) => void;
}

const NOTHING: Fault = { what: 'nothing' };

interface Running {
  readonly reading: FastReading;
  /** When it answered last, monotonic ms; `undefined`: it is looked for. */
  heard: number | undefined;
  /** The fault that was told; `undefined`: it answers. */
  told: Fault | undefined;
  /** It is a successor of the chip that it is read as. */
  later: LaterChip | undefined;
  timer: Timer | undefined;
  readonly listener: (bytes: readonly number[]) => void;
}

export function createFastChips({ io, bus, clock, stamp, onWords, onAnswers }: FastChipsOptions) {
  const running = new Map<number, Running>();

  // Not firmata-io's own way: its stop takes the listeners of every address off that begins with the same digits.
  const send = (address: number, mode: number, bytes: readonly number[]) =>
    io.sysexCommand([SYSEX.I2C_REQUEST, address, mode, ...bytes.flatMap(sevenBits)]);

  const words = (bytes: readonly number[], { skip, order }: FastReading): number[] => {
    const values: number[] = [];
    for (let at = skip; at + 1 < bytes.length; at += 2) {
      const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
      const value = order === 'high first' ? (first << 8) | second : (second << 8) | first;
      values.push((value ^ 0x8000) - 0x8000);
    }
    return values;
  };

  /** A successor's words as the chip would have them that it is read as: their meaning is one for all. */
  const translated = (all: readonly number[], later: LaterChip | undefined) =>
    later ? all.map((word, at) => (at === later.word ? Math.round(word * later.scale + later.offset) : word)) : all;

  const laterOf = async ({ chip, address }: FastReading): Promise<LaterChip | undefined> => {
    const later = (FAST_CHIPS as Readonly<Record<string, FastChip>>)[chip]?.later;
    if (!later) return undefined;
    const said = (await bus.read(address, later.register, 1)).at(0);
    return later.is.includes(said) ? later : undefined;
  };

  /** What is at its place; of the right chip also which of its kind. */
  const find = async (chip: Running) => {
    const found = await identify(bus, chip.reading.chip, chip.reading.address);
    if (found !== 'right') return found;
    try {
      chip.later = await laterOf(chip.reading);
      return found;
    } catch (thrown) {
      if (thrown instanceof SilentChip) return 'absent';
      throw thrown;
    }
  };

  const eventOf = ({ address, register }: FastReading) => `I2C-reply-${address}-${register}`;

  const begin = (chip: Running) => {
    const { reading } = chip;
    chip.heard = clock.monotonic();
    for (const [register, value] of reading.setup) bus.write(reading.address, [register, value]);
    send(reading.address, READ_CONTINUOUSLY, [reading.register, reading.bytes]);
  };

  const tell = (chip: Running, fault?: Fault) => {
    if (JSON.stringify(chip.told) === JSON.stringify(fault)) return;
    chip.told = fault;
    onAnswers(chip.reading, fault);
  };

  const look = async (chip: Running) => {
    const { address } = chip.reading;
    const found = await find(chip);
    if (running.get(address) !== chip) return;
    if (found === 'right') {
      begin(chip);
      tell(chip);
      return watch(chip);
    }
    tell(chip, found === 'absent' ? NOTHING : { what: 'wrong', other: found.other });
    chip.timer = clock.after(GONE, () => void look(chip));
  };

  /** A chip whose wire came loose is asked no more: every reply without data would take room on the line. */
  const watch = (chip: Running) => {
    chip.timer = clock.after(GONE, () => {
      if (chip.heard !== undefined && clock.monotonic() - chip.heard < GONE) return watch(chip);
      chip.heard = undefined;
      send(chip.reading.address, STOP_READING, []);
      tell(chip, NOTHING);
      void look(chip);
    });
  };

  const end = (chip: Running) => {
    chip.timer?.cancel();
    io.removeListener(eventOf(chip.reading), chip.listener);
    if (chip.heard !== undefined) send(chip.reading.address, STOP_READING, []);
    running.delete(chip.reading.address);
  };

  return {
    /** Reads these chips at every sampling interval, and no others. Resolves when each has answered or has not. */
    async read(wanted: readonly FastReading[]): Promise<void> {
      for (const chip of [...running.values()]) {
        if (
          !wanted.some(
            ({ address, register }) => chip.reading.address === address && chip.reading.register === register,
          )
        ) {
          end(chip);
        }
      }
      for (const reading of wanted) {
        const { address } = reading;
        if (running.has(address)) continue;
        const chip: Running = {
          reading,
          heard: undefined,
          told: undefined,
          later: undefined,
          timer: undefined,
          listener(bytes) {
            if (bytes.length >= reading.bytes) chip.heard = clock.monotonic();
            onWords(address, translated(words(bytes, reading), chip.later), stamp());
          },
        };
        running.set(address, chip);
        io.on(eventOf(reading), chip.listener);
        await look(chip);
      }
    },
    /** Those that answer, in the order in which the board sends them. */
    answering: (): readonly number[] =>
      [...running.values()].filter(({ told }) => !told).map(({ reading }) => reading.address),
    close(): void {
      for (const chip of [...running.values()]) end(chip);
    },
  };
}
