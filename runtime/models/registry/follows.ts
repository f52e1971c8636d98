import { isDigestPrefix, parseReference } from './model-reference.ts';

/** An alias of a model. */
export interface FollowedAlias {
  readonly name: string;
  readonly alias: string;
}

/**
 * The alias that a reference follows: none where it names a model, which means its newest version. Whether what stands behind
 * the @ is an alias is told by its form: versions begin with a digit.
 *
 * @example
 * followedAlias('pump@production'); // { name: 'pump', alias: 'production' }
 * followedAlias('pump@1.2.0'); // undefined
 */
export function followedAlias(reference: string): FollowedAlias | undefined {
  const { name, selector } = parseReference(reference);
  if (name === '' || selector === undefined || /^\d/.test(selector) || isDigestPrefix(selector)) return undefined;
  return { name, alias: selector };
}
