import { createCosineTransform, turn } from '../../../numerics/index.ts';
import { errors } from '../../errors.ts';
import { takeSlidingMean } from '../../mel/take-sliding-mean.ts';
import type { PrepareBlock } from '../block.ts';
import { melEnergies, prepareFrames } from '../mel-block.ts';
import type { MfccBlock } from './schema.ts';

/** Mel frequency cepstral coefficients. */
export const prepareMfcc: PrepareBlock<MfccBlock> = (block, recipe, path) => {
  const { filters, coefficients: width, lifter, energy, meanFrames } = block;
  if (width > filters) {
    const problem = `${width} are more than the ${filters} filters`;
    throw errors.RECIPE_INVALID({ path: `${path}.coefficients`, problem });
  }
  const mel = melEnergies(block, recipe, path);
  const cosines = createCosineTransform(filters, width);
  const energies = new Float64Array(filters);
  const lift = Float64Array.from({ length: width }, (_, n) =>
    lifter === 0 ? 1 : 1 + (lifter / 2) * turn(n, 2 * lifter).sin,
  );
  const raw = new Float64Array(meanFrames > 0 ? mel.frames * width : 0);

  const fill = (rows: Float64Array) => {
    for (let frame = 0, at = 0; frame < mel.frames; frame++, at += width) {
      const whole = mel.frame(frame, energies);
      for (let filter = 0; filter < filters; filter++) energies[filter] = Math.log(energies[filter] as number);
      cosines.run(energies, rows, at);
      for (let n = 0; n < width; n++) rows[at + n] = (rows[at + n] as number) * (lift[n] as number);
      if (energy) rows[at] = Math.log(whole);
    }
  };
  return prepareFrames(block, mel, {
    width,
    bytes: cosines.bytes + energies.byteLength + 2 * lift.byteLength + raw.byteLength,
    label: (coefficient) => `mfcc_${coefficient}`,
    write(rows) {
      if (meanFrames === 0) return fill(rows);
      fill(raw);
      takeSlidingMean(raw, width, meanFrames, rows);
    },
    ...{ unit: '', axis: Float64Array.from({ length: width }, (_, n) => n) },
  });
};
