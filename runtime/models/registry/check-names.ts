import { errors } from './errors.ts';
import { isDigestPrefix } from './model-reference.ts';

/** @throws ALIAS_INVALID */
export function checkAlias(alias: string): void {
  const wrong = (problem: string) => errors.ALIAS_INVALID({ alias, problem });
  if (alias === 'latest' || alias === 'newest') throw wrong('the name of a model alone means its newest version');
  if (!/^[a-z][a-z0-9_-]{0,39}$/.test(alias)) {
    throw wrong('it must begin with a letter and hold lower-case letters, digits, "-" and "_", 40 at the most');
  }
  if (isDigestPrefix(alias)) throw wrong('it looks like a digest');
}

/** @throws VERSION_INVALID */
export function checkVersion(version: string): void {
  if (!/^\d[\w.+-]{0,63}$/.test(version) || isDigestPrefix(version)) throw errors.VERSION_INVALID({ version });
}
