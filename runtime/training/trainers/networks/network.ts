import type { BoundLayer, Layer } from './layers/layer.ts';

/** Layers one after the other, and the numbers that they have learnt. */
export interface Network {
  readonly layers: readonly Layer[];
  readonly parameters: Float64Array;
}

export const parametersIn = (layers: readonly Layer[]): number =>
  layers.reduce((sum, { parameters }) => sum + parameters, 0);

export function initialNetwork(layers: readonly Layer[], random: () => number): Network {
  const parameters = new Float64Array(parametersIn(layers));
  for (const { layer, own } of parts(layers, parameters)) layer.initialise(own, random);
  return { layers, parameters };
}

/** Each layer with its part of a list of parameters. */
export function parts(layers: readonly Layer[], parameters: Float64Array): { layer: Layer; own: Float64Array }[] {
  let from = 0;
  return layers.map((layer) => {
    const own = parameters.subarray(from, from + layer.parameters);
    from += layer.parameters;
    return { layer, own };
  });
}

/** A network that is ready to be asked, and taught. */
export interface RunningNetwork {
  /** Of one pass forward and back, by parameter: to be set to 0 by whoever reads it. */
  readonly gradient: Float64Array;
  forward(input: Float64Array, rows: number): Float64Array;
  backward(slopes: Float64Array, rows: number): void;
}

/** @param rows the most of a pass */
export function runNetwork({ layers, parameters }: Network, rows: number): RunningNetwork {
  const gradient = new Float64Array(parameters.length);
  const slopes = parts(layers, gradient);
  const bound: BoundLayer[] = parts(layers, parameters).map(({ layer, own }, index) =>
    layer.bind(own, slopes[index]?.own ?? gradient, rows, index === 0),
  );
  return {
    gradient,
    forward: (input, count) => bound.reduce((values, layer) => layer.forward(values, count), input),
    backward(loss, count) {
      bound.reduceRight((back, layer) => layer.backward(back, count), loss);
    },
  };
}
