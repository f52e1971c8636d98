import { asMillraceError, MillraceError } from '../../base/index.ts';

/** An error of one item of a batch, with which one it is in its message. */
export function ofItem(thrown: unknown, item: number): MillraceError {
  const { code, title, hint, message } = asMillraceError(thrown);
  return new MillraceError({ code, title, hint, message: `item ${item}: ${message}` }, { cause: thrown });
}
