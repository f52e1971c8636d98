import { multiplyAdd, multiplyTransposedAdd, transposedMultiplyAdd } from '../../../../numerics/index.ts';
import { build } from '../../../../onnx-format/index.ts';
import { initialiseHe, type Layer } from './layer.ts';

/** x · W + b. Parameters: W, inputs × outputs, then b. */
export function dense(inputs: number, outputs: number): Layer {
  const size = inputs * outputs;
  return {
    inputs,
    outputs,
    parameters: size + outputs,
    work: 3 * size,
    initialise: (parameters, random) => initialiseHe(parameters.subarray(0, size), inputs, random),
    bind(parameters, gradient, most, first) {
      const weights = parameters.subarray(0, size);
      const bias = parameters.subarray(size);
      const toWeights = gradient.subarray(0, size);
      const toBias = gradient.subarray(size);
      const output = new Float64Array(most * outputs);
      const back = new Float64Array(most * inputs);
      let given: Float64Array = back;
      return {
        forward(input, rows) {
          given = input;
          for (let row = 0; row < rows; row++) output.set(bias, row * outputs);
          multiplyAdd(rows, inputs, outputs, input, 0, inputs, weights, output);
          return output;
        },
        backward(slopes, rows) {
          transposedMultiplyAdd(rows, inputs, outputs, given, 0, inputs, slopes, toWeights);
          for (let at = 0; at < rows * outputs; at++) {
            const to = at % outputs;
            toBias[to] = (toBias[to] as number) + (slopes[at] as number);
          }
          if (first) return back;
          back.fill(0, 0, rows * inputs);
          multiplyTransposedAdd(rows, outputs, inputs, slopes, weights, back);
          return back;
        },
      };
    },
    piece: (parameters, from, to, name) => ({
      nodes: [build.node('Gemm', [from, `${name}_weights`, `${name}_bias`], [to])],
      initializers: [
        build.floatTensor(`${name}_weights`, [inputs, outputs], parameters.subarray(0, size)),
        build.floatTensor(`${name}_bias`, [outputs], parameters.subarray(size)),
      ],
    }),
  };
}
