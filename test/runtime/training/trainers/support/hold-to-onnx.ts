import type { Inference } from '../../../../../runtime/inference/index.ts';
import { calm, type Case, fit } from './cases.ts';
import { differences, onnxAnswers } from './onnx-answers.ts';
import { otherRows, randomSet } from './random-set.ts';

/**
 * Trains so many random models of one case and holds each to ONNX Runtime on the rows that it was trained on and on others.
 *
 * @returns what was wrong, and the models
 */
export async function holdToOnnx(inference: Inference, { trainer, task, title }: Case, models: number) {
  const problems: string[] = [];
  const files = new Map<string, Uint8Array>();
  for (let seed = 1; seed <= models; seed++) {
    const set = randomSet({ trainer, task, seed });
    const validation = seed % 2 === 0 ? randomSet({ trainer, task, seed }) : undefined;
    const fitted = fit(trainer, set, calm(seed, validation));
    files.set(`${title} ${seed}`, fitted.onnx());
    const asked = new Float32Array([...set.values, ...otherRows(set, 60, seed)]);
    const answers = await onnxAnswers(inference, fitted, set, asked);
    problems.push(...differences(set, fitted, asked, answers).map((line) => `${title}, seed ${seed}, ${line}`));
  }
  return { problems, files };
}
