import { multiplyAdd, multiplyTransposedAdd, transposedMultiplyAdd } from '../../../../numerics/index.ts';
import { build } from '../../../../onnx-format/index.ts';
import { initialiseHe, type Layer } from './layer.ts';

export interface ConvolutionShape {
  readonly samples: number;
  readonly channels: number;
  readonly filters: number;
  /** Samples that a filter sees; odd. */
  readonly kernel: number;
}

/**
 * Filters along the samples, with zeros beyond the ends: as many samples come out as went in. A row is sample by sample, so
 * that what a filter sees is one stretch of it, and all stretches together are a matrix whose rows overlap: nothing is copied.
 * Parameters: (kernel · channels) × filters, then a bias a filter.
 */
export function convolution({ samples, channels, filters, kernel }: ConvolutionShape): Layer {
  const seen = kernel * channels;
  const size = seen * filters;
  const before = ((kernel - 1) / 2) * channels;
  const padded = (samples + kernel - 1) * channels;
  const inputs = samples * channels;
  const outputs = samples * filters;
  return {
    inputs,
    outputs,
    parameters: size + filters,
    work: 3 * samples * size,
    initialise: (parameters, random) => initialiseHe(parameters.subarray(0, size), seen, random),
    bind(parameters, gradient, most, first) {
      const weights = parameters.subarray(0, size);
      const bias = parameters.subarray(size);
      const toWeights = gradient.subarray(0, size);
      const toBias = gradient.subarray(size);
      const around = new Float64Array(most * padded);
      const backAround = new Float64Array(padded);
      const output = new Float64Array(most * outputs);
      const back = new Float64Array(most * inputs);
      return {
        forward(input, rows) {
          for (let row = 0; row < rows; row++) {
            around.set(input.subarray(row * inputs, (row + 1) * inputs), row * padded + before);
            for (let sample = 0; sample < samples; sample++) output.set(bias, row * outputs + sample * filters);
            multiplyAdd(samples, seen, filters, around, row * padded, channels, weights, output, row * outputs);
          }
          return output;
        },
        backward(slopes, rows) {
          for (let row = 0; row < rows; row++) {
            const from = row * outputs;
            transposedMultiplyAdd(samples, seen, filters, around, row * padded, channels, slopes, toWeights, from);
            if (first) continue;
            backAround.fill(0);
            multiplyTransposedAdd(samples, filters, seen, slopes, weights, backAround, 0, channels, from);
            back.set(backAround.subarray(before, before + inputs), row * inputs);
          }
          for (let at = 0; at < rows * outputs; at++) {
            const to = at % filters;
            toBias[to] = (toBias[to] as number) + (slopes[at] as number);
          }
          return back;
        },
      };
    },
    piece(parameters, from, to, name) {
      // ONNX has filter, channel, sample.
      const turned = Float64Array.from({ length: size }, (_, at) => {
        const [filter, channel, step] = [Math.floor(at / seen), Math.floor(at / kernel) % channels, at % kernel];
        return parameters[(step * channels + channel) * filters + filter] as number;
      });
      const pad = BigInt((kernel - 1) / 2);
      return {
        nodes: [build.node('Conv', [from, `${name}_weights`, `${name}_bias`], [to], { pads: [pad, pad] })],
        initializers: [
          build.floatTensor(`${name}_weights`, [filters, channels, kernel], turned),
          build.floatTensor(`${name}_bias`, [filters], parameters.subarray(size)),
        ],
      };
    },
  };
}
