/**
 * A board in software: the other end of a Firmata wire, with a world on its pins. It speaks real protocol bytes, so that
 * Johnny-Five cannot tell it from an Uno.
 */
import type { Clock } from '../../base/index.ts';
import type { PlacedChip, World, WorldReading } from '../world/types.ts';
import { quantise } from './adc.ts';
import { createBus } from './i2c.ts';
import { createFirmataI2c } from './i2c-firmata.ts';
import { createPace } from './pace.ts';
import { createParser } from './parser.ts';
import { createPins, type PinState } from './pins.ts';
import { FIRMATA, MODE, sevenBits, SYSEX } from './protocol.ts';
import { type BoardPin, pinName } from './uno.ts';

const NAME = 'MillraceVirtual.ino';
const VERSION = [2, 5] as const;
/** What StandardFirmata samples at until it is told otherwise, ms. */
const STANDARD_INTERVAL = 19;
const NO_ANALOG = 127;

export interface PeerOptions {
  readonly layout: readonly BoardPin[];
  readonly world: World;
  readonly clock: Clock;
  /** Bytes to the computer, with the time at which what they say was read. */
  readonly send: (bytes: readonly number[], time: number) => void;
  /** A pin has another mode or another output value. */
  readonly onPin?: (pin: number, state: Readonly<PinState>) => void;
  /** A chip on the I2C bus drives something else. */
  readonly onDrive?: (chip: PlacedChip, output: string, value: number | string) => void;
}

export interface Peer {
  /** Power on: the board names its protocol and firmware. */
  start(): void;
  /** Bytes from the computer. */
  receive(bytes: Uint8Array): void;
  close(): void;
}

export function createPeer({ layout, world, clock, send, onPin, onDrive }: PeerOptions): Peer {
  const analogPins = layout.flatMap(({ analog }, pin) => (analog === undefined ? [] : [{ pin, analog }]));
  const i2cPins = layout.flatMap(({ modes }, pin) => (MODE.I2C in modes ? [pin] : []));
  const pins = createPins(layout, (pin, state) => onPin?.(pin, state));
  const reportedAnalog = new Set<number>();
  /** The last level sent of each reported port of eight pins. */
  const reportedPorts = new Map<number, number | undefined>();
  let interval = STANDARD_INTERVAL;

  const reply = (...bytes: readonly number[]) => send(bytes, clock.now());
  const sysex = (...bytes: readonly number[]) => reply(FIRMATA.START_SYSEX, ...bytes, FIRMATA.END_SYSEX);
  const version = () => reply(FIRMATA.REPORT_VERSION, ...VERSION);
  const firmware = () =>
    sysex(SYSEX.REPORT_FIRMWARE, ...VERSION, ...[...NAME].flatMap((letter) => sevenBits(letter.charCodeAt(0))));

  const portLevels = (port: number, levels: Readonly<Record<string, 0 | 1>>): number => {
    let bits = 0;
    for (let bit = 0; bit < 8; bit++) {
      const pin = port * 8 + bit;
      const mode = pins.state(pin)?.mode;
      if (mode !== MODE.INPUT && mode !== MODE.PULLUP) continue;
      // Nothing wired: a pulled-up input floats high.
      const level = levels[pinName(pin, layout[pin]?.analog)] ?? (mode === MODE.PULLUP ? 1 : 0);
      bits |= level << bit;
    }
    return bits;
  };

  /** What the world has at the instant that is being sampled. */
  let instant: WorldReading | undefined;
  const bus = createBus({
    chips: world.chips,
    reading: () => instant ?? world.read(pace.settled()),
    onDrive: (chip, output, value) => onDrive?.(chip, output, value),
  });
  const i2c = createFirmataI2c({
    bus,
    clock,
    elapsed: () => pace.settled(),
    send: (bytes) => send(bytes, clock.now()),
  });

  const pace = createPace(clock, (elapsed, time) => {
    instant = world.read(elapsed);
    const { volts, levels, silent, clockOff } = instant;
    const bytes: number[] = [];
    for (const [port, sent] of reportedPorts) {
      const bits = portLevels(port, levels);
      if (bits === sent) continue;
      reportedPorts.set(port, bits);
      bytes.push(FIRMATA.DIGITAL_MESSAGE | port, ...sevenBits(bits));
    }
    for (const { pin, analog } of analogPins) {
      const name = pinName(pin, analog);
      if (!reportedAnalog.has(analog) || pins.state(pin)?.mode !== MODE.ANALOG || silent.has(name)) continue;
      bytes.push(FIRMATA.ANALOG_MESSAGE | analog, ...sevenBits(quantise(volts[name] ?? 0)));
    }
    bytes.push(...i2c.sample(elapsed));
    instant = undefined;
    if (bytes.length > 0) send(bytes, time + clockOff);
  });
  const follow = () => pace.set(reportedAnalog.size + reportedPorts.size > 0 || i2c.reads() ? interval : 0);

  const setMode = (pin: number, mode: number) => {
    // Whoever takes a wire of the bus for something else ends the bus.
    if (pins.state(pin)?.mode === MODE.I2C && mode !== MODE.I2C && mode in (layout[pin]?.modes ?? {})) i2c.disable();
    pins.setMode(pin, mode);
    follow();
  };

  const reset = () => {
    pins.reset();
    i2c.reset();
    reportedAnalog.clear();
    reportedPorts.clear();
    interval = STANDARD_INTERVAL;
    follow();
  };

  const command = ([first = 0, low = 0, high = 0]: readonly number[]) => {
    const index = first & 0x0f;
    switch (first < 0xf0 ? first & 0xf0 : first) {
      case FIRMATA.SET_PIN_MODE:
        return setMode(low, high);
      case FIRMATA.SET_DIGITAL_PIN:
        return pins.writeDigital(low, high & 1);
      case FIRMATA.DIGITAL_MESSAGE:
        for (let bit = 0; bit < 8; bit++) pins.writeDigital(index * 8 + bit, ((low | (high << 7)) >> bit) & 1);
        return;
      case FIRMATA.ANALOG_MESSAGE:
        return pins.writeAnalog(index, low | (high << 7));
      case FIRMATA.REPORT_ANALOG:
        if (low) reportedAnalog.add(index);
        else reportedAnalog.delete(index);
        return follow();
      case FIRMATA.REPORT_DIGITAL:
        // What the pins are at is sent with the next sample, and from then on when it changes.
        if (low) reportedPorts.set(index, undefined);
        else reportedPorts.delete(index);
        return follow();
      case FIRMATA.REPORT_VERSION:
        return version();
      case FIRMATA.SYSTEM_RESET:
        return reset();
    }
  };

  const query = ([kind = 0, ...data]: readonly number[]) => {
    const [first = 0, low = 0, high = 0] = data;
    switch (kind) {
      case SYSEX.REPORT_FIRMWARE:
        return firmware();
      case SYSEX.CAPABILITY_QUERY: {
        const abilities = layout.flatMap(({ modes }) => [
          ...Object.entries(modes).flatMap(([m, bits]) => [+m, bits]),
          127,
        ]);
        return sysex(SYSEX.CAPABILITY_RESPONSE, ...abilities);
      }
      case SYSEX.ANALOG_MAPPING_QUERY:
        return sysex(SYSEX.ANALOG_MAPPING_RESPONSE, ...layout.map(({ analog }) => analog ?? NO_ANALOG));
      case SYSEX.PIN_STATE_QUERY: {
        const state = pins.state(first);
        if (state) sysex(SYSEX.PIN_STATE_RESPONSE, first, state.mode, ...sevenBits(state.value));
        return;
      }
      case SYSEX.EXTENDED_ANALOG:
        return pins.writeAnalog(first, low | (high << 7));
      case SYSEX.SERVO_CONFIG:
        return setMode(first, MODE.SERVO);
      case SYSEX.I2C_CONFIG:
        for (const pin of i2cPins) pins.setMode(pin, MODE.I2C);
        return i2c.config(data);
      case SYSEX.I2C_REQUEST:
        i2c.request(data);
        return follow();
      case SYSEX.SAMPLING_INTERVAL:
        interval = Math.max(1, first | (low << 7));
        return follow();
    }
  };

  const parse = createParser((bytes, isSysex) => (isSysex ? query(bytes) : command(bytes)));
  return {
    start() {
      version();
      firmware();
    },
    receive: parse,
    close() {
      pace.set(0);
      i2c.close();
    },
  };
}
