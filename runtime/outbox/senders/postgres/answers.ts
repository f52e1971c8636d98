import { MillraceError } from '../../../base/index.ts';
import { errors } from '../../errors.ts';
import { connectionError, reasonOf } from '../tls.ts';

type Told = (values: { address: string; reason: string }, options: { cause: unknown }) => MillraceError;

/**
 * What PostgreSQL's answers mean, by their class or in full; the longest that fits holds.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const ANSWERS: Readonly<Record<string, Told>> = {
  '28': errors.DESTINATION_REFUSED,
  '3D000': errors.DESTINATION_MISSING,
  '3F000': errors.DESTINATION_MISSING,
  '42501': errors.DESTINATION_FORBIDDEN,
  // A standby, or a server that was set to read only.
  '25006': errors.DESTINATION_FORBIDDEN,
  // Somebody dropped or changed a table: it is made or checked again over the next connection.
  '42': errors.DESTINATION_MISSING,
  '53100': errors.DESTINATION_FULL,
  '53': errors.DESTINATION_BUSY,
  '40': errors.DESTINATION_BUSY,
  '55': errors.DESTINATION_BUSY,
  // A statement took too long.
  '57014': errors.DESTINATION_BUSY,
  // Starting up, or shutting down.
  '57P03': errors.DESTINATION_BUSY,
};

/** Answers that mean: not these values, however often they come. Data, constraints, limits, and what a trigger raises. */
const REFUSALS = /^(22|23|44|54|P0)/;

function codeOf(thrown: unknown): string {
  const { code } = (thrown ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}

export const isRefusal = (thrown: unknown) => REFUSALS.test(codeOf(thrown));

/** What went wrong, in words that a person can act on. */
export function explain(thrown: unknown, address: string): MillraceError {
  if (thrown instanceof MillraceError) return thrown;
  const code = isUnasked(thrown) ? '28' : codeOf(thrown);
  const told = ANSWERS[code] ?? ANSWERS[code.slice(0, 2)];
  if (told) return told({ address, reason: reasonOf(thrown) }, { cause: thrown });
  if (!isUnencrypted(thrown)) return connectionError(address, thrown);
  return errors.DESTINATION_UNREACHABLE({ address, reason: UNENCRYPTED }, { cause: thrown });
}

/** The server wants a password, and the client library finds none, or none that fits: said before the server is asked. */
const isUnasked = (thrown: unknown) => thrown instanceof Error && thrown.message.startsWith('SASL: ');

const isUnencrypted = (thrown: unknown) => thrown instanceof Error && /does not support SSL/.test(thrown.message);

const UNENCRYPTED =
  'the server does not support encrypted connections. If it stands in your own network, add ?sslmode=disable to the address';
