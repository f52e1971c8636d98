import { type Clock, defineLimit, newId, type Timer } from '../../base/index.ts';
import { errors } from '../errors.ts';

const bytesLimit = defineLimit(
  'model_upload_bytes',
  512 * 1024 ** 2,
  'Uploads of models refused because of their size',
);
const numberLimit = defineLimit('model_uploads', 4, 'Uploads of models dropped because others came');
const minutesLimit = defineLimit('model_upload_minutes', 20, 'Uploads of models dropped because nobody imported them');

/** A model file that somebody sent and has not imported yet. */
export interface Upload {
  readonly id: string;
  readonly fileName: string;
  readonly onnx: Uint8Array;
  /** Files of its numbers, by the name that the model has for them. */
  readonly external: ReadonlyMap<string, Uint8Array>;
}

export interface Uploads {
  begin(fileName: string, onnx: Uint8Array): Upload;
  /** @throws MODEL_UPLOAD_GONE, MODEL_UPLOAD_TOO_LARGE */
  attach(id: string, name: string, bytes: Uint8Array): Upload;
  /** @throws MODEL_UPLOAD_GONE */
  find(id: string): Upload;
  drop(id: string): void;
  /** The bytes of a request. @throws MODEL_UPLOAD_TOO_LARGE */
  receive(name: string, stream: AsyncIterable<Uint8Array>): Promise<Uint8Array>;
}

interface Held extends Upload {
  readonly external: Map<string, Uint8Array>;
  timer: Timer;
}

/** Holds in memory what is being imported: few files, not for long, the oldest makes room. */
export function createUploads(clock: Clock): Uploads {
  const held = new Map<string, Held>();

  const drop = (id: string) => {
    held.get(id)?.timer.cancel();
    held.delete(id);
  };
  const later = (id: string) =>
    clock.after(minutesLimit.value * 60_000, () => {
      minutesLimit.cost();
      drop(id);
    });
  const heldBytes = () =>
    [...held.values()]
      .flatMap(({ onnx, external }) => [onnx, ...external.values()])
      .reduce((sum, { byteLength }) => sum + byteLength, 0);
  const take = (id: string): Held => {
    const upload = held.get(id);
    if (!upload) throw errors.MODEL_UPLOAD_GONE({ minutes: minutesLimit.value });
    upload.timer.cancel();
    upload.timer = later(id);
    return upload;
  };
  const tooLarge = (file: string) => {
    bytesLimit.cost();
    return errors.MODEL_UPLOAD_TOO_LARGE({ file, limit: bytesLimit.value });
  };

  return {
    begin(fileName, onnx) {
      for (const [oldest] of held) {
        if (held.size < numberLimit.value && heldBytes() + onnx.byteLength <= bytesLimit.value) break;
        numberLimit.cost();
        drop(oldest);
      }
      const id = newId();
      const upload: Held = { id, fileName, onnx, external: new Map(), timer: later(id) };
      held.set(id, upload);
      return upload;
    },
    attach(id, name, bytes) {
      const upload = take(id);
      const others = [...upload.external].filter(([other]) => other !== name);
      const size = others.reduce((sum, [, { byteLength }]) => sum + byteLength, upload.onnx.byteLength);
      if (size + bytes.byteLength > bytesLimit.value) throw tooLarge(name);
      upload.external.set(name, bytes);
      return upload;
    },
    find: take,
    drop,
    async receive(name, stream) {
      const pieces: Uint8Array[] = [];
      let size = 0;
      // Read to the end in any case: a browser hears an answer only once it has sent everything.
      for await (const piece of stream) {
        size += piece.byteLength;
        if (size <= bytesLimit.value) pieces.push(piece);
        else pieces.length = 0;
      }
      if (size > bytesLimit.value) throw tooLarge(name);
      return Buffer.concat(pieces);
    },
  };
}
