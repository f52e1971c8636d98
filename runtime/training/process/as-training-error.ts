import { asMillraceError, type MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'STORE_FULL']);

/** Whatever a training failed by, as an error that a person can act on: of a full disk the system says only a code. */
export function asTrainingError(thrown: unknown): MillraceError {
  const { code = '' } = thrown as { code?: string };
  return FULL.has(code) ? errors.TRAINING_DISK_FULL({}, { cause: thrown }) : asMillraceError(thrown);
}
