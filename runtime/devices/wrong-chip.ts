import type { MillraceError } from '../base/index.ts';
import { IDENTITIES } from './catalogue/identities.ts';
import { SENSORS } from './catalogue/sensors.ts';
import type { SensorEntry } from './catalogue/types.ts';
import { errors } from './errors.ts';

/**
 * Says which chip answers in place of the one that is expected, and what it cannot give of what that does.
 *
 * @param other its key in the table of identities; '' of one that is not there
 */
export function wrongChip(
  expected: Pick<SensorEntry, 'label' | 'chip'> & Partial<Pick<SensorEntry, 'gives'>>,
  other: string,
  address: string,
  board: string,
): MillraceError {
  const entries: readonly SensorEntry[] = Object.values(SENSORS);
  const measures = entries.filter(({ chip }) => chip === other).flatMap(({ gives }) => gives.map(({ name }) => name));
  const lacks = (expected.gives ?? []).map(({ name }) => name).filter((name) => !measures.includes(name));
  return errors.CHIP_WRONG({
    component: IDENTITIES[expected.chip ?? '']?.label ?? expected.label,
    found: IDENTITIES[other]?.label ?? '',
    // Of a chip that the catalogue does not have, nobody knows what it measures.
    lacks: measures.length > 0 ? lacks.join(' and ') : '',
    address,
    board,
  });
}
