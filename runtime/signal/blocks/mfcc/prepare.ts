import { createCosineTransform, turn } from '../../../numerics/index.ts';
import { errors } from '../../errors.ts';
import type { PrepareBlock } from '../block.ts';
import { melEnergies, prepareFrames } from '../mel-block.ts';
import type { MfccBlock } from './schema.ts';

/** Mel frequency cepstral coefficients. */
export const prepareMfcc: PrepareBlock<MfccBlock> = (block, recipe, path) => {
  const { filters, coefficients, lifter, energy } = block;
  if (coefficients > filters) {
    const problem = `${coefficients} are more than the ${filters} filters`;
    throw errors.RECIPE_INVALID({ path: `${path}.coefficients`, problem });
  }
  const mel = melEnergies(block, recipe, path);
  const cosines = createCosineTransform(filters, coefficients);
  const energies = new Float64Array(filters);
  const lift = Float64Array.from({ length: coefficients }, (_, n) =>
    lifter === 0 ? 1 : 1 + (lifter / 2) * turn(n, 2 * lifter).sin,
  );
  const write = (frame: number, into: Float64Array) => {
    const whole = mel.frame(frame, energies);
    for (let filter = 0; filter < filters; filter++) energies[filter] = Math.log(energies[filter] as number);
    cosines.run(energies, into, 0);
    for (let n = 0; n < coefficients; n++) into[n] = (into[n] as number) * (lift[n] as number);
    if (energy) into[0] = Math.log(whole);
  };
  const axis = { unit: '', axis: Float64Array.from({ length: coefficients }, (_, n) => n) };
  return prepareFrames(block, mel, coefficients, (coefficient) => `mfcc_${coefficient}`, write, axis);
};
