import { plainValues, type Tensors } from '../../inference/index.ts';
import type { ModelInput } from '../package/index.ts';

/** What a message would hold that the model is asked with by these tensors of one row: plain, as JSON has it. */
export function naturalSample(inputs: readonly ModelInput[], feeds: Tensors): unknown {
  const [only] = inputs;
  if (inputs.length === 1 && only) return natural(only, feeds);
  // Rows of single values share one object of features, whichever input they belong to.
  if (inputs.every(({ kind }) => kind === 'features' || kind === 'text')) {
    return Object.assign({}, ...inputs.map((input) => byName(input, feeds))) as unknown;
  }
  return Object.fromEntries(inputs.map((input) => [input.name, natural(input, feeds)]));
}

function natural(input: ModelInput, feeds: Tensors): unknown {
  const { dims = [] } = feeds[input.name] ?? {};
  const values = plain(feeds[input.name]);
  switch (input.kind) {
    case 'features':
      return byName(input, feeds);
    case 'text':
      return values[0];
    case 'window':
      return windowOf(input, values, dims);
    default:
      return { data: values, shape: dims };
  }
}

function byName({ name, features = [name] }: ModelInput, feeds: Tensors): Record<string, unknown> {
  const values = plain(feeds[name]);
  return Object.fromEntries(features.map((feature, i) => [feature, values[i]]));
}

function windowOf({ window }: ModelInput, values: readonly unknown[], dims: readonly number[]) {
  const turned = window?.layout === 'channels-samples';
  const [first = 1, second = 1] = dims.slice(-2);
  const [samples, count] = turned ? [second, first] : [first, second];
  const channels = window?.channels ?? Array.from({ length: count }, (_, i) => `c${i}`);
  const data = Array.from({ length: samples * count }, (_, i) =>
    turned ? values[(i % count) * samples + Math.floor(i / count)] : values[i],
  );
  return { channels, rate: 100, start: 0, data, shape: [samples, count] };
}

/** A tensor's values as numbers or texts. Those of 32 bits in as few digits as say the same number. */
export function plain(tensor: Tensors[string] | undefined): (number | string)[] {
  if (!tensor) return [];
  return plainValues(tensor).map((value) =>
    tensor.type === 'float32' && typeof value === 'number' ? shortest(value) : value,
  );
}

function shortest(value: number): number {
  for (let digits = 4; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number.isFinite(value) ? Number(value.toPrecision(9)) : value;
}
