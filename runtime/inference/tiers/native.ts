import { createSession, type OnnxRuntime } from './onnx-runtime.ts';
import type { Tier } from './tier.ts';

/**
 * ONNX Runtime's native library. `session.run` blocks its thread for the whole run: only for a worker.
 *
 * @throws {Error} where the package is not installed or has no library for this platform
 */
export async function loadNative(): Promise<Tier> {
  const runtime = await import('onnxruntime-node');
  keepHalvesAsBits(runtime);
  return { name: 'native', create: (onnx) => createSession(runtime, onnx) };
}

/**
 * Where the engine has an array of 16-bit floats (Node.js 24), ONNX Runtime's JavaScript part would put float16 tensors
 * into it, and its native part takes such an array for an empty one. It looks for the array once, at the first tensor.
 */
function keepHalvesAsBits({ Tensor }: OnnxRuntime): void {
  const name = 'Float16Array';
  const halves = Object.getOwnPropertyDescriptor(globalThis, name);
  if (!halves) return;
  Reflect.deleteProperty(globalThis, name);
  try {
    new Tensor('float32', Float32Array.of(0), [1]);
  } finally {
    Object.defineProperty(globalThis, name, halves);
  }
}
