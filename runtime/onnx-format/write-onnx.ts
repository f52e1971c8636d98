import { encode } from './encode.ts';
import type { OnnxModel } from './model.ts';

/** The model's bytes. The same model gives the same bytes. */
export const writeOnnx = (model: OnnxModel): Uint8Array<ArrayBuffer> =>
  encode('model', model as unknown as Readonly<Record<string, unknown>>).slice();
