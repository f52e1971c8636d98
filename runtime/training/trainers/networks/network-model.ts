import { softmax } from '../../../numerics/index.ts';
import { build, type OnnxNode, type OnnxTensor } from '../../../onnx-format/index.ts';
import type { Fitted, TrainerRun } from '../../fit/trainer.ts';
import { outputsOf } from '../../fit/training-set.ts';
import { modelFace, PROBABILITIES, VALUE, writeGraph } from '../graphs/model-face.ts';
import { labelNode, standardiseNodes } from '../graphs/standardise-nodes.ts';
import { type Standardisation, standardisation, standardise } from '../standardised/standardisation.ts';
import type { TrainingSet } from '../standardised/weighted.ts';
import { fitNetwork, type NetworkChoices } from './fit-network.ts';
import type { Layer } from './layers/layer.ts';
import { targetScale } from './loss.ts';
import { type Network, parts, runNetwork } from './network.ts';

/** Standard deviations. Beyond what it has seen a network guesses wildly: farther off than this is taken to be here. */
const FARTHEST = 10;

/**
 * Teaches a network on standardised rows, and makes a model of it.
 *
 * @param layers the last one dense, one output a class or one for the value
 */
export function networkModel(
  name: string,
  set: TrainingSet,
  layers: readonly Layer[],
  choices: NetworkChoices,
  run: TrainerRun,
): Fitted {
  const scaling = standardisation(set);
  const ready = (given: TrainingSet) => ({ ...given, values: bounded(given.values, scaling) });
  const taught = fitNetwork(ready(set), run.validation && ready(run.validation), layers, choices, run);
  const network = { layers, parameters: inTargetUnits(taught, targetScale(set)) };
  const face = modelFace(set);
  const classification = set.target.task === 'classification';
  const outputs = outputsOf(set.target);
  return {
    ...face,
    predict(values, rows) {
      const answers = askAll(network, bounded(values, scaling), rows, outputs);
      if (classification) {
        for (let row = 0; row < rows; row++) softmax(answers.subarray(row * outputs, (row + 1) * outputs));
      }
      return answers;
    },
    onnx() {
      const [input] = face.inputs;
      const standardised = standardiseNodes(input?.name ?? '', 'standardised', scaling);
      const nodes: OnnxNode[] = [
        ...standardised.nodes,
        build.node('Clip', ['standardised', 'least', 'most'], ['bounded']),
        // Samples by channels become channels by samples, as convolutions have them.
        ...(set.window ? [build.node('Transpose', ['bounded'], ['by_channel'], { perm: [0n, 2n, 1n] })] : []),
      ];
      const initializers: OnnxTensor[] = [
        ...standardised.initializers,
        build.floatTensor('least', [], [-FARTHEST]),
        build.floatTensor('most', [], [FARTHEST]),
      ];
      let from = set.window ? 'by_channel' : 'bounded';
      for (const [index, { layer, own }] of parts(layers, network.parameters).entries()) {
        const last = index === layers.length - 1;
        const to = last ? (classification ? 'logits' : VALUE) : `layer_${index + 1}`;
        const piece = layer.piece(own, from, to, `layer_${index + 1}`);
        nodes.push(...piece.nodes);
        initializers.push(...piece.initializers);
        from = to;
      }
      if (classification) nodes.push(build.node('Softmax', ['logits'], [PROBABILITIES], { axis: -1n }), labelNode());
      return writeGraph(name, face, nodes, initializers);
    },
    words: `${network.parameters.length} weights, ${taught.epochs} ${taught.epochs === 1 ? 'epoch' : 'epochs'}`,
  };
}

function bounded(values: Float32Array, scaling: Standardisation): Float32Array {
  const rows = standardise(values, scaling);
  for (let at = 0; at < rows.length; at++) {
    rows[at] = Math.max(-FARTHEST, Math.min(FARTHEST, rows[at] as number));
  }
  return rows;
}

/** The last layer gives the target's own unit; then all is rounded to float32, as the model keeps it. */
function inTargetUnits({ layers, parameters }: Network, { mean, scale }: ReturnType<typeof targetScale>): Float64Array {
  const own = parameters.slice();
  const last = parts(layers, own).at(-1)?.own ?? own;
  const biases = layers.at(-1)?.outputs ?? 0;
  for (let at = 0; at < last.length; at++) {
    last[at] = (last[at] as number) * scale + (at >= last.length - biases ? mean : 0);
  }
  return own.map(Math.fround);
}

function askAll(network: Network, values: Float32Array, rows: number, outputs: number): Float64Array {
  const size = Math.min(rows, 256);
  const width = size === 0 ? 0 : values.length / rows;
  const running = runNetwork(network, size);
  const block = new Float64Array(size * width);
  const answers = new Float64Array(rows * outputs);
  for (let from = 0; from < rows; from += size) {
    const count = Math.min(size, rows - from);
    block.set(values.subarray(from * width, (from + count) * width));
    answers.set(running.forward(block, count).subarray(0, count * outputs), from * outputs);
  }
  return answers;
}
