import type { PrepareBlock } from '../block.ts';
import { melEnergies, prepareFrames } from '../mel-block.ts';
import type { MfeBlock } from './schema.ts';

/** Mel filter bank energies, in dB. */
export const prepareMfe: PrepareBlock<MfeBlock> = (block, recipe, path) => {
  const mel = melEnergies(block, recipe, path);
  const write = (frame: number, into: Float64Array) => {
    mel.frame(frame, into);
    for (let filter = 0; filter < into.length; filter++) {
      into[filter] = Math.max(block.floor, 10 * Math.log10(into[filter] as number));
    }
  };
  const axis = { unit: 'Hz', axis: mel.centres };
  return prepareFrames(block, mel, block.filters, (filter) => `mfe_${filter}`, write, axis);
};
