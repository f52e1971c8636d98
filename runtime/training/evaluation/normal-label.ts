import type { TruthLabel } from '../../messages/index.ts';

const NORMAL = /^(normal|healthy|ok|okay|good|well|fine|nominal|benign|inlier|no|false|0)$/i;

/**
 * Whether a label means that nothing is wrong, in words that people use for it.
 *
 * @example
 * isNormalLabel('Healthy'); // true
 */
export const isNormalLabel = (label: TruthLabel): boolean => NORMAL.test(String(label).trim());
