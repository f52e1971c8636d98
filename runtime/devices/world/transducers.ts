/** What turns something in the world into the voltage of an analog pin or the level of a digital one. Safe in the browser. */
import { ANALOG_KINDS, type AnalogKind } from '../catalogue/channels.ts';

export interface Transducer {
  readonly label: string;
  /** Of what it takes. */
  readonly unit: string;
  volts(value: number): number;
}

/** The way back of what the catalogue makes of a voltage. */
const inverse = (kind: AnalogKind): Transducer => {
  const { label, unit, offset, scale } = ANALOG_KINDS[kind];
  return { label, unit, volts: (value) => offset + value / scale };
};

const SUPPLY = 5;
/** A GL5528: 15 kΩ at 10 lx, falling by the power 0.7 (data sheet: 10–20 kΩ, γ 0.7 between 10 and 100 lx). */
const DARK = { ohms: 15_000, lux: 10, gamma: 0.7 };

/** A photoresistor at the supply with this resistance below it: more light, more volts. */
const divider = (label: string, below: number): Transducer => ({
  label,
  unit: 'lx',
  volts(lux) {
    const ohms = DARK.ohms * (Math.max(1e-3, lux) / DARK.lux) ** -DARK.gamma;
    return (SUPPLY * below) / (below + ohms);
  },
});

/** cm between which the curve holds: nearer it falls again, further away it goes down to what the sensor gives of nothing. */
const CURVE = { from: 8, to: 80, rest: 0.25, fades: 40 };
const curve = (cm: number) => ((12_343.85 / cm) ** (1 / 1.15) * SUPPLY) / 1023;

/** @see Johnny-Five's GP2Y0A21YK: cm = 12,343.85 × counts^-1.15; Sharp GP2Y0A21YK0F, figure 2, for what is nearer */
const infrared: Transducer = {
  label: 'GP2Y0A21 distance sensor (infrared)',
  unit: 'cm',
  volts(cm) {
    const { from, to, rest, fades } = CURVE;
    if (cm < from) return (curve(from) * Math.max(0, cm)) / from;
    if (cm <= to) return curve(cm);
    return rest + (curve(to) - rest) * Math.exp((to - cm) / fades);
  },
};

export const TRANSDUCERS = {
  volts: inverse('volts'),
  tmp36: inverse('tmp36'),
  lm35: inverse('lm35'),
  percent: inverse('percent'),
  adxl335: inverse('adxl335'),
  light: divider('photoresistor above 10 kΩ, for rooms', 10_000),
  sunlight: divider('photoresistor above 100 Ω, for daylight', 100),
  gp2y0a21: infrared,
} as const satisfies Record<string, Transducer>;
export type TransducerKind = keyof typeof TRANSDUCERS;
export const transducerKinds = Object.keys(TRANSDUCERS) as [TransducerKind, ...TransducerKind[]];

/**
 * A comparator: 1 from `above` on, until the value falls below `below`.
 *
 * @returns the level at each next value
 */
export function createThreshold(above: number, below: number): (value: number) => 0 | 1 {
  let level: 0 | 1 = 0;
  return (value) => {
    if (value >= above) level = 1;
    else if (value < below) level = 0;
    return level;
  };
}
