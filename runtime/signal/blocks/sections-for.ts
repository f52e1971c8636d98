import { errors } from '../errors.ts';
import { tryButterworth } from '../filters/butterworth.ts';
import type { FilterDesign } from '../filters/design.ts';
import type { Section } from '../filters/section.ts';

/**
 * The sections of a block's filter.
 *
 * @param path of the block's cut-off in the recipe
 * @throws RECIPE_INVALID if the filter cannot be made for this rate
 */
export function sectionsFor(design: FilterDesign, rate: number, path: string): readonly Section[] {
  const sections = tryButterworth(design, rate);
  if (typeof sections === 'string') throw errors.RECIPE_INVALID({ path, problem: sections });
  return sections;
}
