import { createSession } from './onnx-runtime.ts';
import type { Tier } from './tier.ts';

/**
 * ONNX Runtime as WebAssembly, in this thread: it runs wherever Node.js does.
 *
 * @throws {Error} where the package is not installed
 */
export async function loadWasm(): Promise<Tier> {
  const runtime = await import('onnxruntime-web');
  // More threads would start workers of their own.
  runtime.env.wasm.numThreads = 1;
  return { name: 'wasm', create: (onnx) => createSession(runtime, onnx) };
}
