import { errors } from '../errors.ts';

/**
 * A client library that is loaded when it is used: large ones are optional.
 *
 * @throws SENDER_MISSING if it is not installed
 */
export async function loadLibrary<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw errors.SENDER_MISSING({ name }, { cause });
  }
}
