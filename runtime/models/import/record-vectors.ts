import type { Inference, Tensors } from '../../inference/index.ts';
import type { ModelPackage, TestVector } from '../package/index.ts';
import { plain } from './natural-sample.ts';
import { seeded } from './random.ts';
import { sampleFeeds } from './sample-feeds.ts';
import type { Typical } from './typical-values.ts';

const VECTORS = 3;
/** More numbers than these make a model.json that is slow to read; large models are run by one tier alone. */
const LARGEST = 4096;

/**
 * Asks the reference, which is ONNX Runtime, for its answers to a few inputs: every other way of running the model, on
 * every other machine, is held to them.
 *
 * @returns nothing where an input or an answer is too large, or no number
 */
export async function recordVectors(
  inference: Inference,
  pkg: ModelPackage,
  typical: ReadonlyMap<string, readonly Typical[]>,
): Promise<TestVector[]> {
  const { inputs } = pkg.manifest;
  const random = seeded(1);
  const asked = Array.from({ length: VECTORS }, () => sampleFeeds(inputs, typical, random));
  if (!asked.every(isSmall)) return [];
  const answered = await inference.answers(pkg, asked);
  return asked.flatMap((feeds, index) => {
    const answers = answered[index] ?? {};
    const finite = Object.values(answers).every((tensor) =>
      plain(tensor).every((value) => typeof value === 'string' || Number.isFinite(value)),
    );
    if (!isSmall(answers) || !finite) return [];
    const half = Object.values({ ...feeds, ...answers }).some(({ type }) => type === 'float16');
    const relative = half ? 1e-3 : 1e-5;
    const largest = Math.max(
      0,
      ...Object.values(answers).flatMap((tensor) => plain(tensor).map((value) => Math.abs(Number(value)) || 0)),
    );
    return [
      {
        inputs: tensors(feeds),
        outputs: tensors(answers),
        tolerance: Number((relative * (1 + largest)).toPrecision(3)),
      },
    ];
  });
}

const isSmall = (feeds: Tensors) => Object.values(feeds).every(({ data }) => data.length <= LARGEST);

const tensors = (of: Tensors): TestVector['inputs'] =>
  Object.fromEntries(
    Object.entries(of).map(([name, tensor]) => [name, { shape: [...tensor.dims], data: plain(tensor) as number[] }]),
  );
