import { MillraceError } from '../../../base/index.ts';
import { errors } from '../../errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS']);
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ENODEV', 'ENXIO']);

/** What the file system's answers mean. */
export function explainFile(thrown: unknown, folder: string): MillraceError {
  if (thrown instanceof MillraceError) return thrown;
  const { code = '', message = '' } = (thrown ?? {}) as { readonly code?: string; readonly message?: string };
  const told = FULL.has(code)
    ? errors.DESTINATION_FULL
    : FORBIDDEN.has(code)
      ? errors.DESTINATION_FORBIDDEN
      : MISSING.has(code)
        ? errors.DESTINATION_MISSING
        : errors.DESTINATION_UNREACHABLE;
  return told({ address: folder, reason: message }, { cause: thrown });
}
