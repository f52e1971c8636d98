import { build } from '../../../../onnx-format/index.ts';
import type { Layer } from './layer.ts';

/** The mean of each filter over all samples. */
export function average(samples: number, filters: number): Layer {
  const inputs = samples * filters;
  return {
    inputs,
    outputs: filters,
    parameters: 0,
    work: 0,
    initialise() {},
    bind(_parameters, _gradient, most) {
      const output = new Float64Array(most * filters);
      const back = new Float64Array(most * inputs);
      return {
        forward(input, rows) {
          output.fill(0, 0, rows * filters);
          for (let at = 0; at < rows * inputs; at++) {
            const to = Math.floor(at / inputs) * filters + (at % filters);
            output[to] = (output[to] as number) + (input[at] as number) / samples;
          }
          return output;
        },
        backward(slopes, rows) {
          for (let at = 0; at < rows * inputs; at++) {
            back[at] = (slopes[Math.floor(at / inputs) * filters + (at % filters)] as number) / samples;
          }
          return back;
        },
      };
    },
    piece: (_parameters, from, to, name) => ({
      nodes: [
        build.node('GlobalAveragePool', [from], [`${name}_mean`]),
        build.node('Flatten', [`${name}_mean`], [to], { axis: 1n }),
      ],
      initializers: [],
    }),
  };
}
