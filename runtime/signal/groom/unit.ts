import { errors } from '../errors.ts';
import type { UnitStep } from './schema.ts';
import type { ChannelStep } from './types.ts';
import { converter, dimensionOf } from './units.ts';

/**
 * Converts to another unit, by exact factors.
 *
 * @throws UNIT_UNKNOWN where there is no way from one to the other: at once if both are stated, otherwise with the reading;
 *   UNIT_MISMATCH with a reading that names another unit than the stated one
 */
export function unit({ from, to }: UnitStep): ChannelStep {
  const convertFrom = (symbol: string) => {
    const convert = converter(symbol, to);
    if (!convert) throw errors.UNIT_UNKNOWN({ from: symbol, to });
    return convert;
  };
  const stated = from === '' ? undefined : convertFrom(from);
  let [named, byName] = ['', (value: number) => value];

  const converterFor = (found: string | undefined) => {
    if (stated) {
      // A unit that nobody knows may be another name of the stated one.
      const other = found !== undefined && found !== from && dimensionOf(found) !== undefined;
      if (other) throw errors.UNIT_MISMATCH({ expected: from, found });
      return stated;
    }
    if (found === undefined) throw errors.UNIT_UNKNOWN({ from: 'no unit', to });
    if (found !== named) [byName, named] = [convertFrom(found), found];
    return byName;
  };

  return {
    check: (origin) => void converterFor(origin.unit),
    take: (point, pass) =>
      pass({ ...point, value: converterFor(point.unit ?? point.origin.unit)(point.value), unit: to }),
  };
}
