import type { Reader } from '../../catalogue/types.ts';
import { analog } from './analog.ts';
import { chip } from './chip.ts';
import { change, level } from './digital.ts';
import type { MakeReader } from './reader.ts';
import { onewire, ping, serial } from './special.ts';

/** How each kind of sensor is read. */
export const READERS: Readonly<Record<Reader, MakeReader>> = { analog, level, change, chip, ping, onewire, serial };
