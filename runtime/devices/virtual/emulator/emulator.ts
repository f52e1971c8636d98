/**
 * A board in software that runs the firmware of a real one, instruction by instruction: an ATmega328P with a world on its
 * pins. What it says it says at the speed of its serial line.
 */
import { UNO_HEX } from '../../firmware/uno.ts';
import { createBus } from '../i2c.ts';
import { FIRMATA, SYSEX } from '../protocol.ts';
import type { Twin, TwinOptions } from '../twin.ts';
import { type Chip, createChip, CYCLES_A_MS } from './chip.ts';
import { createClockwork } from './clockwork.ts';
import { type Look, wireInputs } from './inputs.ts';
import { loadHex } from './intel-hex.ts';
import { createLine } from './line.ts';
import { createOutputs } from './outputs.ts';
import { wireTwi } from './twi.ts';

/** Data addresses of the general-purpose registers, in which the firmware notes what it is about: see firmware/board.h. */
const NOTE = { done: 0x3e, detail: 0x4a, mode: 0x4b };
/** Data address of MCUSR, and its bit for a reset by the watchdog. */
const RESET_CAUSE = 0x54;
const BY_WATCHDOG = 0x08;
const I2C_REPLY_DONE = 0x80;

/** ms after a byte in which the next one may come. */
const TALKING = 4;
/** ms between looks at a chip that talks, and at one that has reported something within the last second. */
const WHILE_TALKING = 2;
const WHILE_REPORTING = 8;
const REPORTING = 1000;

export interface EmulatorOptions extends TwinOptions {
  /** Intel HEX. Default: ours. */
  readonly firmware?: string;
}

/** A set of readings whose messages are on the way. */
interface Sent {
  readonly look: Look;
  left: number;
}

/** @throws {Error} if the firmware is no Intel HEX for an ATmega328P */
export function createEmulator({ world, clock, send, onPin, onDrive, firmware = UNO_HEX }: EmulatorOptions): Twin {
  const flash = loadHex(firmware);
  const received: number[] = [];
  const sent: Sent[] = [];
  const outputs = createOutputs((pin, state) => onPin?.(pin, state));
  let chip: Chip;
  let inputs: ReturnType<typeof wireInputs>;
  let renew = false;
  let last: Look | undefined;
  let talked = -Infinity;
  let reported = -Infinity;

  const now = () => Math.floor(chip.cpu.cycles / CYCLES_A_MS);
  /** The world as it is now: it is looked at once a millisecond at most, and only where something asks. */
  const look = (): Look => {
    const at = now();
    reported = at;
    if (last?.at !== at) last = { at, world: world.read(clockwork.elapsed(at)) };
    return last;
  };

  const bus = createBus({
    chips: world.chips,
    reading: () => look().world,
    onDrive: (placed, output, value) => onDrive?.(placed, output, value),
  });
  /** When the reading over I2C that is under way began, and those whose replies are on the way. */
  let reading: Look | undefined;
  const replies: Look[] = [];

  /** Messages that bear one stamp leave together. */
  let piece: { readonly bytes: number[]; readonly time: number } | undefined;
  const flush = () => {
    const leaving = piece;
    piece = undefined;
    if (leaving) send(leaving.bytes, leaving.time);
  };
  const put = (bytes: readonly number[], time: number) => {
    if (piece && piece.time !== time) flush();
    piece ??= { bytes: [], time };
    piece.bytes.push(...bytes);
  };

  const onMessage = (bytes: readonly number[]) => {
    const [first = 0, kind] = bytes;
    if (first === FIRMATA.START_SYSEX && kind === SYSEX.I2C_REPLY) {
      const { at, world: then } = replies.shift() ?? look();
      return put(bytes, clockwork.stamp(at) + then.clockOff);
    }
    const analog = (first & 0xf0) === FIRMATA.ANALOG_MESSAGE;
    const head = analog ? sent[0] : undefined;
    if (!head) return put(bytes, clockwork.stamp(now()));
    if (--head.left === 0) sent.shift();
    const { silent, clockOff } = head.look.world;
    // The wire to the sensor is loose: what the converter then makes up is nobody's reading.
    if (!silent.has(`A${first & 0x0f}`)) put(bytes, clockwork.stamp(head.look.at) + clockOff);
  };

  const line = createLine(onMessage);

  const switchOn = (cycles: number) => {
    chip = createChip(flash, cycles, () => (renew = true));
    const { cpu, usart } = chip;
    inputs = wireInputs(chip, look);
    outputs.watch(chip);
    wireTwi(
      chip,
      bus,
      () => clockwork.elapsed(now()),
      () => (reading ??= look()),
    );
    sent.length = 0;
    replies.length = 0;
    usart.onByteTransmit = (byte) => {
      talked = now();
      line(byte);
    };
    usart.onRxComplete = () => feed();
    cpu.writeHooks[NOTE.done] = (note) => {
      if (note === I2C_REPLY_DONE) {
        replies.push(reading ?? look());
        reading = undefined;
        return;
      }
      const set = inputs.takeSet();
      if (set && note > 0) sent.push({ look: set, left: note });
    };
    cpu.writeHooks[NOTE.mode] = (mode) => outputs.mode(cpu.data[NOTE.detail] ?? 0, mode);
  };
  /** Bytes come one after the other, as fast as the line carries them; none waits for the firmware. */
  const feed = () => {
    const [byte] = received;
    if (byte === undefined || chip.usart.rxBusy) return;
    received.shift();
    talked = now();
    chip.usart.writeByte(byte);
  };

  const clockwork = createClockwork({
    clock,
    run(elapsed) {
      const until = Math.floor(elapsed * CYCLES_A_MS);
      chip.run(until);
      while (renew) {
        renew = false;
        switchOn(chip.cpu.cycles);
        chip.cpu.data[RESET_CAUSE] = BY_WATCHDOG;
        chip.run(until);
      }
      flush();
    },
    expected() {
      if (received.length > 0 || now() - talked < TALKING) return WHILE_TALKING;
      return now() - reported < REPORTING ? WHILE_REPORTING : Infinity;
    },
  });
  switchOn(0);

  return {
    start: clockwork.turn,
    receive(bytes) {
      clockwork.turn();
      received.push(...bytes);
      feed();
      clockwork.soon(WHILE_TALKING);
    },
    close: clockwork.close,
  };
}
