import { CHANNEL_KINDS, type ChannelKind } from './catalogue/channels.ts';
import { countsToVolts } from './virtual/adc.ts';

/** A converter's counts in the unit of what is wired to the pin. */
export function toUnit(kind: ChannelKind, counts: number): number {
  const { offset, scale } = CHANNEL_KINDS[kind];
  return (countsToVolts(counts) - offset) * scale;
}
