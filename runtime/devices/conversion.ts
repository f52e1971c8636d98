import { CHANNEL_KINDS, type ChannelKind } from './catalogue/channels.ts';
import { countsToVolts } from './virtual/adc.ts';

/** A converter's or a chip's counts in the unit of what is wired to the pin or in the chip. */
export function toUnit(kind: ChannelKind, counts: number): number {
  const { offset, scale, chip } = CHANNEL_KINDS[kind];
  return ((chip === undefined ? countsToVolts(counts) : counts) - offset) * scale;
}
