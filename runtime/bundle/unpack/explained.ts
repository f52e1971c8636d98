import { MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';

/** What the file system said while a bundle was unpacked, as BUNDLE_NO_ROOM or BUNDLE_NOT_UNPACKED. */
export function explained(
  error: unknown,
  place: { readonly bundle: string; readonly directory: string; readonly bytes: number },
): unknown {
  if (error instanceof MillraceError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return errors.BUNDLE_NO_ROOM(place, { cause: error });
  return errors.BUNDLE_NOT_UNPACKED({ ...place, reason: code ?? message }, { cause: error });
}
