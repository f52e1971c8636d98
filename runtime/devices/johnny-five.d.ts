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
    pinMode(pin: number, mode: number): void;
    reportAnalogPin(channel: number, on: 0 | 1): void;
    reportDigitalPin(pin: number, on: 0 | 1): void;
    sysexCommand(bytes: readonly number[]): void;
  }
  const bind: {
    readonly Firmata: new (transport: Duplex, options?: { readonly reportVersionTimeout?: number }) => Firmata;
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
  export interface Servo {
    to(degrees: number): void;
  }
  const five: {
    readonly Board: new (options: BoardOptions) => Board;
    readonly Sensor: new (options: SensorOptions) => Timed;
    readonly Thermometer: new (options: ThermometerOptions) => Timed;
    readonly Button: new (options: ComponentOptions) => EventEmitter;
    readonly Led: new (options: ComponentOptions) => Led;
    readonly Relay: new (options: ComponentOptions) => Relay;
    readonly Servo: new (options: ComponentOptions) => Servo;
  };
  export default five;
}
