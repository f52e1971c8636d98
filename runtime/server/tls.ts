import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { errors } from './errors.ts';

/**
 * Reads a certificate and its key.
 *
 * @throws TLS_FILE_UNUSABLE if one cannot be read, is not PEM, or they do not belong together
 */
export async function readTls(files: { readonly cert: string; readonly key: string }) {
  try {
    const [cert, key] = await Promise.all([readFile(files.cert, 'utf8'), readFile(files.key, 'utf8')]);
    createSecureContext({ cert, key });
    return { cert, key };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw errors.TLS_FILE_UNUSABLE({ ...files, reason }, { cause: error });
  }
}
