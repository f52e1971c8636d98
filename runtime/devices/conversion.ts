import { CHANNEL_KINDS, type ChannelKind } from './catalogue/channels.ts';
import { pinVolts, REFERENCE_VOLTS } from './virtual/adc.ts';

/**
 * A converter's or a chip's counts in the unit of what is wired to the pin or in the chip.
 *
 * @param counts of a pin: 1023 are all that there can be
 * @param most   volts at which the converter reads that
 */
export function toUnit(kind: ChannelKind, counts: number, most = REFERENCE_VOLTS): number {
  const { offset, scale, chip, ratiometric } = CHANNEL_KINDS[kind];
  return ((chip === undefined ? pinVolts(counts, most, ratiometric) : counts) - offset) * scale;
}
