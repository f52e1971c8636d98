/**
 * Tests of what only computes, and leaves nothing behind in its process: their files share two processes, which saves each
 * file the start of its own, and to load what the others have loaded. A file that changes what is global, or stands in for a
 * module, belongs elsewhere.
 */
export const SHARING = [
  'test/docs/**/*.test.ts',
  'test/runtime/{numerics,signal,suites,messages,models,drift,storage}/**/*.test.ts',
  'test/editor/**/!(gateway|recipe|register|order|suggestions).test.ts',
  'test/runtime/bundle/**/!(unpack-bundle).test.ts',
  'test/runtime/keys/**/!(full-disk).test.ts',
  'test/runtime/onnx-format/**/!(hostile).test.ts',
  'test/runtime/inference/**/!(choose-tier|half|inference).test.ts',
];
