import type { Piece } from '../../graphs/standardise-nodes.ts';

/** A step of a network: what a row's numbers become. */
export interface Layer {
  /** Numbers a row. */
  readonly inputs: number;
  readonly outputs: number;
  /** Numbers that are learnt. */
  readonly parameters: number;
  /** Multiplications a row, there and back. */
  readonly work: number;
  /** He's: so that neither values nor slopes grow or vanish from layer to layer. */
  initialise(parameters: Float64Array, random: () => number): void;
  /**
   * @param parameters read at each pass
   * @param slopes     of the loss by each parameter; what `backward` finds is added
   * @param rows       the most a pass takes
   * @param first      nobody asks for the slopes by its input
   */
  bind(parameters: Float64Array, slopes: Float64Array, rows: number, first: boolean): BoundLayer;
  /** The same as ONNX, in float32. @param name what its constants are called */
  piece(parameters: Float64Array, from: string, to: string, name: string): Piece;
}

/** Every array is a buffer that holds until the next pass. */
export interface BoundLayer {
  forward(input: Float64Array, rows: number): Float64Array;
  /** @returns slopes by the input that `forward` was given last */
  backward(slopes: Float64Array, rows: number): Float64Array;
}

/** Uniform numbers with He's variance. @see He et al., Delving deep into rectifiers (2015) */
export function initialiseHe(weights: Float64Array, inputs: number, random: () => number): void {
  const limit = Math.sqrt(6 / inputs);
  for (let at = 0; at < weights.length; at++) weights[at] = limit * (2 * random() - 1);
}
