import { asMillraceError, type MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'STORE_FULL']);

/** As Node.js says it of what lies outside its heap. */
const NO_MEMORY = /Array buffer allocation failed|Invalid typed array length|std::bad_alloc/;

/**
 * Whatever a training failed by, as an error that a person can act on: of a full disk the system says only a code, of memory that
 * is over only a sentence.
 */
export function asTrainingError(thrown: unknown): MillraceError {
  const { code = '', message = '' } = thrown as { code?: string; message?: string };
  if (NO_MEMORY.test(message)) return errors.TRAINING_ENDED({ how: 'it ran out of memory' }, { cause: thrown });
  return FULL.has(code) ? errors.TRAINING_DISK_FULL({}, { cause: thrown }) : asMillraceError(thrown);
}
