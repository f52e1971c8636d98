import five, { type Board } from 'johnny-five';
import type { ActuatorKind } from '../catalogue/actuators.ts';
import { johnnyPin } from './components.ts';

interface Actuator {
  readonly kind: ActuatorKind;
  readonly mode: number;
  set(value: number): void;
}

/** The actuators of a board, by pin: one Johnny-Five component for each, kept and used again. */
export function createOutputs(board: Board, index: (pin: string) => number) {
  const actuators = new Map<string, Actuator>();
  const { MODES, pins } = board.io;

  const create = (kind: ActuatorKind, pin: string): Actuator => {
    const made = { board, pin: johnnyPin(pin) };
    switch (kind) {
      case 'led': {
        const led = new five.Led(made);
        // Johnny-Five takes analog pins as plain outputs, and digital ones as PWM where they can.
        const pwm = !pin.startsWith('A') && (pins[index(pin)]?.supportedModes.includes(MODES.PWM) ?? false);
        const set = (value: number) => {
          if (value === 1) led.on();
          else if (value === 0) led.off();
          else led.brightness(Math.round(value * 255));
        };
        return { kind, mode: pwm ? MODES.PWM : MODES.OUTPUT, set };
      }
      case 'relay': {
        const relay = new five.Relay(made);
        return { kind, mode: MODES.OUTPUT, set: (value) => (value ? relay.close() : relay.open()) };
      }
      case 'servo': {
        const servo = new five.Servo(made);
        return { kind, mode: MODES.SERVO, set: (degrees) => servo.to(degrees) };
      }
    }
  };

  return {
    take(kind: ActuatorKind, pin: string): void {
      const kept = actuators.get(pin);
      const actuator = kept?.kind === kind ? kept : create(kind, pin);
      actuators.set(pin, actuator);
      board.io.pinMode(index(pin), actuator.mode);
    },
    set(pin: string, value: number): void {
      actuators.get(pin)?.set(value);
    },
  };
}
