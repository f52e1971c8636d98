import { createReadStream } from 'node:fs';
import { errors } from '../errors.ts';

/** A file in a bundle's tar, in pieces. @throws BUNDLE_MISSING */
export async function* contentOf(
  bundle: string,
  path: string,
  place: { readonly offset: number; readonly bytes: number } | undefined,
): AsyncGenerator<Uint8Array, void> {
  if (!place) throw errors.BUNDLE_MISSING({ bundle, reason: `there is no ${path} in it` });
  if (place.bytes === 0) return;
  yield* readPieces(bundle, bundle, { start: place.offset, end: place.offset + place.bytes - 1 });
}

/** A file, or a part of it, in pieces. @throws BUNDLE_MISSING */
export async function* readPieces(
  bundle: string,
  file: string,
  range: { readonly start?: number; readonly end?: number } = {},
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* createReadStream(file, range) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw errors.BUNDLE_MISSING({ bundle, reason: code ?? message }, { cause: error });
  }
}
