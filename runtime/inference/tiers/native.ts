import { createSession } from './onnx-runtime.ts';
import type { Tier } from './tier.ts';

/**
 * ONNX Runtime's native library. `session.run` blocks its thread for the whole run: only for a worker.
 *
 * @throws {Error} where the package is not installed or has no library for this platform
 */
export async function loadNative(): Promise<Tier> {
  const runtime = await import('onnxruntime-node');
  return { name: 'native', create: (onnx) => createSession(runtime, onnx) };
}
