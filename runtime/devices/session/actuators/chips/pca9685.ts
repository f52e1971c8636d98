import { colourParts } from '../../../catalogue/actuators/colour.ts';
import { SHIELD_MOTORS } from '../../../catalogue/actuators/motors.ts';
import { anglePulse, throttlePulse, turningPulse } from '../../../catalogue/actuators/pulses.ts';
import type { ChosenOptions } from '../../../catalogue/actuators/takes.ts';
import type { OutputWiring } from '../../protocol.ts';
import type { MakeDriver, Surroundings } from '../driver.ts';
import { armed, type PulseOutput, pulsed } from '../pulses.ts';
import type { WriteChip } from './output-chips.ts';

/** Registers and their bits, by the data sheet (NXP, revision 4). */
const MODE1 = 0x00;
const SLEEP = 0x10;
/** Registers follow one another in one write. */
const AUTO_INCREMENT = 0x20;
const OUTPUT_0 = 0x06;
const ALL_OFF_HIGH = 0xfd;
const PRESCALE = 0xfe;
/** In the high byte of a count: on, or off, all of the time. */
const FULL = 0x10;
const CLOCK = 25_000_000;
const TICKS = 4096;

/** Hz: lamps do not flicker, motors do not whistle much; servos want pulses at 50. */
const LAMPS = 200;
const SERVOS = 50;

/** A chip of sixteen outputs, which share one frequency: that of its slowest user. */
function createPca9685(write: WriteChip) {
  let prescale = Infinity;
  const frequency = (hertz: number) => {
    const wanted = Math.round(CLOCK / (TICKS * hertz)) - 1;
    if (prescale !== Infinity && wanted <= prescale) return;
    if (prescale === Infinity) write(ALL_OFF_HIGH, FULL);
    prescale = wanted;
    // The frequency can be set only while the oscillator sleeps.
    write(MODE1, SLEEP | AUTO_INCREMENT);
    write(PRESCALE, prescale);
    write(MODE1, AUTO_INCREMENT);
  };
  const put = (output: number, on: number, off: number) =>
    write(OUTPUT_0 + 4 * output, on & 0xff, on >> 8, off & 0xff, off >> 8);
  return {
    frequency,
    /** @param share of the time that it is on, 0 to 1 */
    duty(output: number, share: number): void {
      const ticks = Math.round(share * TICKS);
      if (ticks <= 0) put(output, 0, FULL << 8);
      else if (ticks >= TICKS) put(output, FULL << 8, 0);
      else put(output, 0, ticks);
    },
    /** @param pulse µs. Johnny-Five takes a tick for 4 µs, which at 50 Hz makes each pulse a fifth too long. */
    pulse(output: number, pulse: number): void {
      const tick = ((prescale + 1) * 1_000_000) / CLOCK;
      put(output, 0, Math.round(pulse / tick));
    },
  };
}

const chipOf = ({ chips }: Surroundings, { address }: OutputWiring) => chips.at('pca9685', address, createPca9685);
const channelOf = (options: ChosenOptions, key = 'channel') => Number(options[key]);

export const ledOnChip: MakeDriver = (around, wiring) => ({
  take: () => chipOf(around, wiring).frequency(LAMPS),
  set: (value) => chipOf(around, wiring).duty(channelOf(wiring.options), Number(value)),
});

export const rgbOnChip: MakeDriver = (around, wiring) => {
  const outputs = ['red', 'green', 'blue'].map((key) => channelOf(wiring.options, key));
  const set = (value: string) => {
    colourParts(value).forEach((part, index) => {
      const share = part / 255;
      chipOf(around, wiring).duty(outputs[index] ?? 0, wiring.options['anode'] === true ? 1 - share : share);
    });
  };
  return {
    take() {
      chipOf(around, wiring).frequency(LAMPS);
      set('#000000');
    },
    set: (value) => set(String(value)),
  };
};

const pulses = (around: Surroundings, wiring: OutputWiring): PulseOutput => ({
  take: () => chipOf(around, wiring).frequency(SERVOS),
  write: (pulse) => chipOf(around, wiring).pulse(channelOf(wiring.options), pulse),
});

export const servoOnChip: MakeDriver = (around, wiring) =>
  pulsed(pulses(around, wiring), (value) => anglePulse(value, wiring.options));

export const continuousServoOnChip: MakeDriver = (around, wiring) =>
  pulsed(pulses(around, wiring), (value) => turningPulse(value, wiring.options));

export const escOnChip: MakeDriver = (around, wiring) =>
  armed(
    pulses(around, wiring),
    (value) => throttlePulse(value, wiring.options),
    around.clock,
    Number(wiring.options['arming']),
  );

/** A motor on a bridge that the chip drives: the pulse is its speed, the other two outputs its direction. */
export const motorOnChip: MakeDriver = (around, wiring) => {
  const [pwm, ahead, back] = SHIELD_MOTORS[String(wiring.options['motor'])] ?? [0, 0, 0];
  return {
    take: () => chipOf(around, wiring).frequency(LAMPS),
    set(value) {
      const speed = Number(value);
      const chip = chipOf(around, wiring);
      chip.duty(ahead, speed > 0 ? 1 : 0);
      chip.duty(back, speed < 0 ? 1 : 0);
      chip.duty(pwm, Math.abs(speed));
    },
  };
};
