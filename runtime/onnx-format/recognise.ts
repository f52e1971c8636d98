/** First bytes of files that people take for ONNX models, and what they are. */
const FILES: readonly {
  readonly at: number;
  readonly magic: readonly number[] | string;
  readonly words: string;
  readonly advice: string;
}[] = [
  {
    at: 0,
    magic: 'version https://git-lfs',
    words: 'a pointer that Git LFS left in place of the file',
    advice: 'Run "git lfs pull" where the file comes from, and take the file that it fetches.',
  },
  {
    at: 4,
    magic: 'ORTM',
    words: "a model in ONNX Runtime's own format (.ort)",
    advice: 'Take the .onnx file that it was made from.',
  },
  {
    at: 4,
    magic: 'TFL3',
    words: 'a TensorFlow Lite model (.tflite)',
    advice: 'Convert it: python -m tf2onnx.convert --tflite model.tflite --output model.onnx',
  },
  {
    at: 0,
    magic: '\x89HDF',
    words: 'an HDF5 file, as Keras writes it (.h5)',
    advice: 'Load it in Keras and export it: model.export("model.onnx", format="onnx")',
  },
  {
    at: 0,
    magic: 'PK\x03\x04',
    words: 'a ZIP archive: a PyTorch or Keras model (.pt, .keras), or a packed .onnx file',
    advice: 'Unpack it if a .onnx file is inside; else export the model from the program that wrote it.',
  },
  {
    at: 0,
    magic: [0x1f, 0x8b],
    words: 'a gzip archive',
    advice: 'Unpack it, and take the .onnx file inside.',
  },
  {
    at: 0,
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    words: 'a zstd archive',
    advice: 'Unpack it, and take the .onnx file inside.',
  },
  { at: 257, magic: 'ustar', words: 'a tar archive', advice: 'Unpack it, and take the .onnx file inside.' },
  {
    at: 0,
    magic: 'GGUF',
    words: 'a language model in the GGUF format',
    advice: 'Look for the same model as .onnx.',
  },
  { at: 0, magic: '%PDF', words: 'a PDF document', advice: 'Choose the .onnx file.' },
  { at: 0, magic: '\x89PNG', words: 'a PNG picture', advice: 'Choose the .onnx file.' },
  { at: 0, magic: [0xff, 0xd8, 0xff], words: 'a JPEG picture', advice: 'Choose the .onnx file.' },
];

export interface Recognised {
  /** What the file is: `a ZIP archive`. */
  readonly words: string;
  /** How to come to an ONNX model. */
  readonly advice: string;
}

/**
 * What a file is that is no ONNX model, by its first bytes; `undefined` if it may be one.
 *
 * @example
 * recognise(new TextEncoder().encode('GGUF')).words; // 'a language model in the GGUF format'
 */
export function recognise(bytes: Uint8Array): Recognised | undefined {
  const found = FILES.find(({ at, magic }) => {
    const wanted = typeof magic === 'string' ? Array.from(magic, (each) => each.charCodeAt(0)) : magic;
    return wanted.every((byte, index) => bytes[at + index] === byte);
  });
  if (found) return found;
  // Pickle protocol 2 to 5, and its last byte.
  if (bytes[0] === 0x80 && (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 9) <= 5) {
    return {
      words: 'a Python pickle (.pkl, .joblib, .pt)',
      advice: 'Load it in Python and export it: skl2onnx for scikit-learn, torch.onnx.export for PyTorch.',
    };
  }
  return looksLikeText(bytes) ? TEXT : undefined;
}

const TEXT: Recognised = {
  words: 'a text: a web page, JSON or the like',
  advice: 'Fetch the model itself: a page that shows a file is not the file. On GitHub, use "Download raw file".',
};

/** A model's first bytes hold control characters: its version is a small number. */
function looksLikeText(bytes: Uint8Array): boolean {
  const first = bytes.subarray(0, 16);
  return first.length > 3 && first.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d);
}
