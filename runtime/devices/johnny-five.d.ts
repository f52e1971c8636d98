/* eslint-disable no-restricted-exports -- both are CommonJS: what they export is the default */
/** The part of Johnny-Five and firmata-io that the board worker uses; neither brings types. */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';
  import type { Duplex } from 'node:stream';

  export interface FirmataPin {
    readonly supportedModes: readonly number[];
    readonly analogChannel: number;
    readonly mode: number | undefined;
    readonly value: number;
  }
  export interface Firmata extends EventEmitter {
    readonly isReady: boolean;
    readonly pins: readonly FirmataPin[];
    readonly MODES: Readonly<
      Record<
        'INPUT' | 'OUTPUT' | 'ANALOG' | 'PWM' | 'SERVO' | 'PULLUP' | 'I2C' | 'ONEWIRE' | 'STEPPER' | 'SERIAL',
        number
      >
    >;
    readonly firmware: {
      readonly name?: string;
      readonly version?: { readonly major: number; readonly minor: number };
    };
    /** The most that the converter counts to; `null`: no pin has said. */
    readonly RESOLUTION: { readonly ADC: number | null };
    pinMode(pin: number, mode: number): void;
    reportAnalogPin(channel: number, on: 0 | 1): void;
    /** Asks for something that every firmware answers. */
    reportVersion(answered: () => void): void;
    reportDigitalPin(pin: number, on: 0 | 1): void;
    i2cConfig(options: { readonly delay: number }): void;
    sysexCommand(bytes: readonly number[]): void;
    digitalWrite(pin: number, level: 0 | 1): void;
    servoConfig(pin: number, least: number, most: number): void;
    /** A pulse in µs. */
    servoWrite(pin: number, pulse: number): void;
    /** @param delay µs between the register and the reading */
    i2cConfig(delay?: number): void;
    i2cWrite(address: number, bytes: readonly number[]): void;
    i2cReadOnce(address: number, count: number, take: (bytes: readonly number[]) => void): void;
    i2cReadOnce(address: number, register: number, count: number, take: (bytes: readonly number[]) => void): void;
    pingRead(
      question: { readonly pin: number; readonly value: 0 | 1; readonly pulseOut: number },
      take: (microseconds: number) => void,
    ): void;
    sendOneWireConfig(pin: number, power: boolean): void;
    sendOneWireSearch(pin: number, found: (error: unknown, devices: readonly (readonly number[])[]) => void): void;
    sendOneWireReset(pin: number): void;
    sendOneWireWrite(pin: number, device: readonly number[], command: number): void;
    sendOneWireWriteAndRead(
      pin: number,
      device: readonly number[],
      command: number,
      count: number,
      take: (error: unknown, bytes: readonly number[]) => void,
    ): void;
  }
  const bind: {
    readonly Firmata: new (transport: Duplex) => Firmata;
  };
  export default bind;
}

declare module 'johnny-five' {
  import type { EventEmitter } from 'node:events';
  import type { Firmata } from 'firmata-io';

  interface BoardOptions {
    readonly io: Firmata;
    readonly repl: false;
    readonly debug: false;
    readonly sigint: false;
  }
  export interface Board extends EventEmitter {
    readonly io: Firmata;
    readonly register: unknown[];
  }
  interface ComponentOptions {
    readonly board: Board;
    readonly pin: number | string;
  }
  interface SensorOptions extends ComponentOptions {
    readonly freq: number;
    readonly type?: 'analog' | 'digital';
  }
  interface ThermometerOptions extends ComponentOptions {
    readonly freq: number;
    readonly toCelsius: (raw: number) => number;
  }
  /** Sensors and thermometers: an emitter of `data` whose timer stops at `freq = null`. */
  export interface Timed extends EventEmitter {
    freq: number | null;
  }
  export interface Led {
    on(): void;
    off(): void;
    brightness(value: number): void;
  }
  export interface Relay {
    open(): void;
    close(): void;
  }
  export interface Rgb {
    color(red: number, green: number, blue: number): void;
  }
  export interface Motor {
    speed(speed: number): void;
    forward(speed: number): void;
    reverse(speed: number): void;
  }
  export interface Stepper {
    step(
      options: { steps: number; direction: 0 | 1; rpm: number; accel: number; decel: number },
      done: (error: unknown) => void,
    ): void;
  }
  /** One or more MAX7219 in a row. */
  export interface LedControl {
    brightness(percent: number): void;
    row(device: number, row: number, bits: number): void;
    /** @param code of segments: point, then a to g, the low bit last */
    sendDigit(device: number, position: number, code: number): void;
  }
  export interface ShiftRegister {
    send(bytes: readonly number[]): void;
  }
  interface SerialPins {
    readonly data: number;
    readonly clock: number;
  }
  interface MotorPins {
    readonly pwm: number;
    readonly dir?: number;
    readonly cdir?: number;
  }
  export interface StepperPins {
    readonly step?: number;
    readonly dir?: number;
    readonly motor1?: number;
    readonly motor2?: number;
    readonly motor3?: number;
    readonly motor4?: number;
  }
  /** Johnny-Five reads `pins` that are no array as they are: it takes `A4` in an array for pin 4. */
  interface Wired<Pins> {
    readonly board: Board;
    readonly pins: Pins;
  }
  const five: {
    readonly Board: new (options: BoardOptions) => Board;
    readonly Sensor: new (options: SensorOptions) => Timed;
    readonly Thermometer: new (options: ThermometerOptions) => Timed;
    readonly Button: new (options: ComponentOptions & { readonly invert: boolean }) => EventEmitter;
    readonly GPS: new (options: {
      readonly board: Board;
      readonly pins: { readonly rx: number; readonly tx: number };
    }) => EventEmitter;
    readonly Led: {
      new (options: ComponentOptions): Led;
      readonly RGB: new (options: Wired<readonly number[]> & { isAnode: boolean }) => Rgb;
      readonly Matrix: {
        new (options: Wired<SerialPins & { cs: number }> & { devices: number }): LedControl;
        /** Eight rows of eight bits for each character, the left one high. */
        readonly CHARS: Readonly<Record<string, readonly number[]>>;
      };
      readonly Digits: {
        new (options: Wired<SerialPins & { cs: number }>): LedControl;
        /** Segments: point, then a to g, the low bit last. */
        readonly CHARS: Readonly<Record<string, number>>;
      };
    };
    readonly Relay: new (options: ComponentOptions & { type?: 'NO' | 'NC' }) => Relay;
    readonly Motor: new (options: Wired<MotorPins> & { threshold: number }) => Motor;
    readonly Stepper: new (options: Wired<StepperPins> & { type: number; stepsPerRev: number }) => Stepper;
    readonly ShiftRegister: new (options: Wired<SerialPins & { latch: number }> & { size: number }) => ShiftRegister;
  };
  export default five;
}
