import { MODE } from './protocol.ts';
import type { BoardPin } from './uno.ts';

/** What a pin is set to, as the board itself knows it. */
export interface PinState {
  mode: number;
  /** Of an output: 0 or 1, the duty (0–255), or the pulse (µs). */
  value: number;
}

/** The output side of a board: modes and levels of its pins. */
export function createPins(layout: readonly BoardPin[], onChange: (pin: number, state: Readonly<PinState>) => void) {
  const states: PinState[] = [];
  const reset = () => {
    layout.forEach(({ analog }, pin) => {
      states[pin] = { mode: analog === undefined ? MODE.OUTPUT : MODE.ANALOG, value: 0 };
    });
  };
  reset();
  const put = (pin: number, value: number) => {
    const state = states[pin];
    if (!state || state.value === value) return;
    state.value = value;
    onChange(pin, state);
  };
  return {
    reset,
    state: (pin: number): Readonly<PinState> | undefined => states[pin],
    setMode(pin: number, mode: number): void {
      const state = states[pin];
      const able = mode in (layout[pin]?.modes ?? {});
      // Firmware ignores what a pin cannot do, and so does this.
      if (!state || !able || state.mode === mode) return;
      states[pin] = { mode, value: 0 };
      onChange(pin, { mode, value: 0 });
    },
    /** A duty or a pulse, on a pin in PWM or servo mode. */
    writeAnalog(pin: number, value: number): void {
      const mode = states[pin]?.mode;
      if (mode === MODE.PWM || mode === MODE.SERVO) put(pin, value);
    },
    writeDigital(pin: number, level: number): void {
      if (states[pin]?.mode === MODE.OUTPUT) put(pin, level);
    },
  };
}
