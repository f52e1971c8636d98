import { build } from '../../../../onnx-format/index.ts';
import type { Layer } from './layer.ts';

/** What is above zero. */
export function relu(size: number): Layer {
  return {
    inputs: size,
    outputs: size,
    parameters: 0,
    work: 0,
    initialise() {},
    bind(_parameters, _gradient, most) {
      const output = new Float64Array(most * size);
      const back = new Float64Array(most * size);
      return {
        forward(input, rows) {
          for (let at = 0; at < rows * size; at++) output[at] = Math.max(0, input[at] as number);
          return output;
        },
        backward(slopes, rows) {
          for (let at = 0; at < rows * size; at++) back[at] = (output[at] as number) > 0 ? (slopes[at] as number) : 0;
          return back;
        },
      };
    },
    piece: (_parameters, from, to) => ({ nodes: [build.node('Relu', [from], [to])], initializers: [] }),
  };
}
