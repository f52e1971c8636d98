import { errors } from './errors.ts';
import type { StartOptions } from './program.ts';

/** @throws TLS_INCOMPLETE if only one of the two files is given */
export function tlsOption({ tlsCert: cert, tlsKey: key }: Pick<StartOptions, 'tlsCert' | 'tlsKey'>) {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined) throw errors.TLS_INCOMPLETE({ missing: '--tls-cert' });
  if (key === undefined) throw errors.TLS_INCOMPLETE({ missing: '--tls-key' });
  return { cert, key };
}
