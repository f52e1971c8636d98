import { type Gap, plainJson, toPlainMessage, type UploadKey } from '../../messages/index.ts';
import type { Protect } from '../../keys/index.ts';
import { errors } from '../errors.ts';

/**
 * A message as JSON, ready for its key: the text of an object without its closing brace. A `key` that the message
 * brings along gives way to the outbox's own.
 *
 * @param protect what is done to the plain message before it becomes text
 * @param keep    the message keeps the key that it has: the text is whole
 * @throws UPLOAD_UNSERIALISABLE
 */
export function openText(
  stream: string,
  message: Readonly<Record<string, unknown>>,
  protect?: Protect,
  keep = false,
): string {
  try {
    const text = protect
      ? JSON.stringify(protectedForm(message, protect, keep))
      : plainJson(message, keep ? undefined : 'key');
    return keep ? text : text.slice(0, -1);
  } catch (thrown) {
    const reason = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown);
    throw errors.UPLOAD_UNSERIALISABLE({ stream, reason }, { cause: thrown });
  }
}

/** The key says where a message belongs: no rule touches it. */
function protectedForm(message: Readonly<Record<string, unknown>>, protect: Protect, keep: boolean) {
  const { key, ...plain } = toPlainMessage(message);
  return keep ? { ...protect(plain), key } : protect(plain);
}

/** The wire form of a message: `{…, "key": {gateway, stream, sequence}}`. */
export function withKey(open: string, key: UploadKey): string {
  return `${open}${open === '{' ? '' : ','}"key":${JSON.stringify(key)}}`;
}

/** The wire form of a gap: what the receiver gets in the place of messages that will never come. */
export function gapText(gateway: string, stream: string, gap: Gap): string {
  const key: UploadKey = { gateway, stream, sequence: gap.first };
  return JSON.stringify({ key, gap });
}
