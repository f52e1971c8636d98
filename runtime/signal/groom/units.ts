/**
 * Units by dimension. A value in a unit is `(value − zero) · numerator / denominator` in the dimension's base unit, so that
 * conversions round once up and once down and no more: 100 °C are 212 °F exactly.
 *
 * @see NIST SP 811, Guide for the Use of the International System of Units, appendix B: the exact factors
 */
interface Unit {
  readonly numerator: number;
  readonly denominator: number;
  readonly zero: number;
}

const unit = (numerator = 1, denominator = 1, zero = 0): Unit => ({ numerator, denominator, zero });

const DIMENSIONS = {
  temperature: { '°C': unit(), K: unit(1, 1, 273.15), '°F': unit(5, 9, 32) },
  acceleration: {
    'm/s²': unit(),
    g: unit(980_665, 100_000),
    mg: unit(980_665, 100_000_000),
    'ft/s²': unit(3048, 10_000),
  },
  pressure: {
    Pa: unit(),
    hPa: unit(100),
    kPa: unit(1000),
    MPa: unit(1_000_000),
    mbar: unit(100),
    bar: unit(100_000),
    psi: unit(44_482_216_152_605, 6_451_600_000),
    mmHg: unit(133_322_387_415, 1_000_000_000),
    atm: unit(101_325),
  },
  voltage: { V: unit(), mV: unit(1, 1000), µV: unit(1, 1_000_000), kV: unit(1000) },
  current: { A: unit(), mA: unit(1, 1000), µA: unit(1, 1_000_000) },
  resistance: { Ω: unit(), kΩ: unit(1000), MΩ: unit(1_000_000) },
  frequency: { Hz: unit(), kHz: unit(1000), rpm: unit(1, 60) },
  length: {
    m: unit(),
    mm: unit(1, 1000),
    cm: unit(1, 100),
    km: unit(1000),
    in: unit(254, 10_000),
    ft: unit(3048, 10_000),
    mi: unit(1_609_344, 1000),
  },
  speed: {
    'm/s': unit(),
    'mm/s': unit(1, 1000),
    'km/h': unit(5, 18),
    mph: unit(44_704, 100_000),
    'in/s': unit(254, 10_000),
  },
  flow: { 'm³/h': unit(), 'L/min': unit(60, 1000), 'L/s': unit(3600, 1000) },
  power: { W: unit(), mW: unit(1, 1000), kW: unit(1000) },
  energy: { J: unit(), kJ: unit(1000), Wh: unit(3600), kWh: unit(3_600_000) },
  angle: { rad: unit(), '°': unit(Math.PI, 180) },
  share: { '%': unit(1, 100), '1': unit() },
} as const satisfies Record<string, Record<string, Unit>>;

type Dimensions = typeof DIMENSIONS;
export type UnitSymbol = { [D in keyof Dimensions]: keyof Dimensions[D] }[keyof Dimensions];

const UNITS = new Map(
  Object.entries(DIMENSIONS).flatMap(([dimension, units]) =>
    Object.entries(units as Record<string, Unit>).map(([symbol, each]) => [symbol, { ...each, dimension }] as const),
  ),
);

/** Dimension by dimension, its base unit first. */
export const UNIT_SYMBOLS = [...UNITS.keys()] as [UnitSymbol, ...UnitSymbol[]];

/** `temperature`; undefined for a symbol that is not known. */
export const dimensionOf = (symbol: string): string | undefined => UNITS.get(symbol)?.dimension;

/**
 * How to convert a value; `undefined` where the units are of different dimensions or not known.
 *
 * @example
 * converter('°C', '°F')?.(100); // 212
 */
export function converter(from: string, to: string): ((value: number) => number) | undefined {
  const [source, target] = [UNITS.get(from), UNITS.get(to)];
  if (!source || !target || source.dimension !== target.dimension) return undefined;
  if (source === target) return (value) => value;
  const [up, down] = reduced(source.numerator * target.denominator, source.denominator * target.numerator);
  return (value) => ((value - source.zero) * up) / down + target.zero;
}

function reduced(a: number, b: number): [number, number] {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return [a, b];
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return [a / x, b / x];
}
