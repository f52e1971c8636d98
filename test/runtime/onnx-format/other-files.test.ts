import { describe, expect, it } from 'vitest';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { readOnnx } from '../../../runtime/onnx-format/index.ts';

const ascii = (text: string) => Uint8Array.from(text, (each) => each.charCodeAt(0));

describe('a file of another kind is told in words', () => {
  it.each([
    ['a pointer that Git LFS left', ascii('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n')],
    ['a Python pickle', Uint8Array.of(0x80, 4, 0x95, 0, 0, 0)],
    ['a ZIP archive', ascii('PK\x03\x04\x14\0\0\0')],
    ['an HDF5 file', ascii('\x89HDF\r\n\x1a\n')],
    ['a TensorFlow Lite model', ascii('\x1c\0\0\0TFL3\x14\0')],
    ["a model in ONNX Runtime's own format", ascii('\x20\0\0\0ORTM\0\0')],
    ['a gzip archive', gzipSync('model')],
    ['a zstd archive', zstdCompressSync('model')],
    ['a tar archive', ascii(`model.onnx${'\0'.repeat(247)}ustar\x0000`)],
    ['a text', ascii('<!DOCTYPE html><html>')],
    ['a PNG picture', ascii('\x89PNG\r\n\x1a\n')],
  ])('%s', (words, bytes) => {
    expect(() => readOnnx(bytes)).toThrowError(
      expect.objectContaining({
        code: 'ONNX_OTHER_FILE',
        message: expect.stringContaining(words) as string,
        hint: expect.stringMatching(/.{10}/) as string,
      }) as Error,
    );
  });
});
