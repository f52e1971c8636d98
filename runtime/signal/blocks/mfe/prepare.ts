import type { PrepareBlock } from '../block.ts';
import { melEnergies, prepareFrames } from '../mel-block.ts';
import type { MfeBlock } from './schema.ts';

/** Mel filter bank energies, in dB. */
export const prepareMfe: PrepareBlock<MfeBlock> = (block, recipe, path) => {
  const mel = melEnergies(block, recipe, path);
  const { filters, floor } = block;
  const energies = new Float64Array(filters);
  return prepareFrames(block, mel, {
    width: filters,
    bytes: energies.byteLength,
    label: (filter) => `mfe_${filter}`,
    write(rows) {
      for (let frame = 0; frame < mel.frames; frame++) {
        mel.frame(frame, energies);
        for (let filter = 0; filter < filters; filter++) {
          rows[frame * filters + filter] = Math.max(floor, 10 * Math.log10(energies[filter] as number));
        }
      }
    },
    ...{ unit: 'Hz', axis: mel.centres },
  });
};
