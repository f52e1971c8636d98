import type { InferenceSession, Tensor } from 'onnxruntime-web';
import type { PlainTensor, Tensors, TierSession } from './tier.ts';

/** What both builds of ONNX Runtime for JavaScript have in common. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (
    type: Tensor.Type,
    data: Tensor.DataType | readonly string[],
    dims: readonly number[],
  ) => Tensor;
}

/**
 * One thread, no spinning: a gateway has other things to do, and small models gain nothing from more. `parallel` and
 * the spinning default cost up to 60 %. Level 3: errors only.
 */
const OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/** A session of either build behind the interface that all tiers share. */
export async function createSession(runtime: OnnxRuntime, onnx: Uint8Array): Promise<TierSession> {
  const session = await runtime.InferenceSession.create(onnx, OPTIONS);
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    async run(feeds: Tensors) {
      const tensors = Object.entries(feeds).map(([name, { type, data, dims }]) => {
        return [name, new runtime.Tensor(type as Tensor.Type, data, dims)] as const;
      });
      const answers = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(Object.entries(answers).map(([name, tensor]) => [name, plain(tensor)]));
    },
    release: () => session.release(),
  };
}

function plain({ type, dims, data }: Tensor): PlainTensor {
  // Where JavaScript has numbers of 16 bits (Node.js 24), ONNX Runtime gives those: here they are bits everywhere.
  const bits = type === 'float16' && ArrayBuffer.isView(data);
  const values = bits ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) : data;
  return { type, dims: [...dims], data: values };
}
