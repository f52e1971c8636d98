import { build } from '../../../../onnx-format/index.ts';
import type { Layer } from './layer.ts';

/** The larger of each two samples, filter by filter; an odd last sample is left out. */
export function halve(samples: number, filters: number): Layer {
  const inputs = samples * filters;
  const half = Math.floor(samples / 2);
  const outputs = half * filters;
  return {
    inputs,
    outputs,
    parameters: 0,
    work: 0,
    initialise() {},
    bind(_parameters, _gradient, most) {
      const output = new Float64Array(most * outputs);
      const from = new Int32Array(most * outputs);
      const back = new Float64Array(most * inputs);
      return {
        forward(input, rows) {
          for (let row = 0; row < rows; row++) {
            for (let at = 0; at < outputs; at++) {
              const first = row * inputs + Math.floor(at / filters) * 2 * filters + (at % filters);
              const second = first + filters;
              const larger = (input[second] as number) > (input[first] as number) ? second : first;
              from[row * outputs + at] = larger;
              output[row * outputs + at] = input[larger] as number;
            }
          }
          return output;
        },
        backward(slopes, rows) {
          back.fill(0, 0, rows * inputs);
          for (let at = 0; at < rows * outputs; at++) back[from[at] as number] = slopes[at] as number;
          return back;
        },
      };
    },
    piece: (_parameters, from, to) => ({
      nodes: [build.node('MaxPool', [from], [to], { kernel_shape: [2n], strides: [2n] })],
      initializers: [],
    }),
  };
}
