import { errors } from '../errors.ts';
import type { PlainTensor } from '../tiers/tier.ts';
import type { FromWindow } from './from-window.ts';
import type { InputSpec } from './input-spec.ts';
import { isRecord, isValues, isWindow, shapedOf } from './look.ts';
import { createManyReader } from './many-reader.ts';
import { oneByOne } from './one-by-one.ts';
import type { Part } from './part.ts';
import { createPartReader, rowsOf } from './part-reader.ts';
import type { Rows } from './row-reader.ts';
import type { InputReader, ReadInput } from './types.ts';

/** Reads messages for all inputs of a model. */
export function createModelReader(
  model: string,
  specs: readonly InputSpec[],
  windowed: FromWindow | undefined,
): InputReader {
  const takesRows = specs.every(({ shape }) => shape.rows === 'free');
  const names = specs.map(({ name }) => name);
  const featureNames = specs.flatMap(({ kind, columns }) => (kind === 'features' ? columns : []));

  const gather = ({ tensors, rows, batch, features }: Rows): ReadInput => {
    const feeds: Record<string, PlainTensor> = {};
    for (let i = 0; i < names.length; i++) feeds[names[i] as string] = tensors[i] as PlainTensor;
    if (rows === 1 || takesRows) return { feeds, rows, batch, features };
    const singles = oneByOne(specs, feeds, rows);
    return { feeds: singles[0] ?? feeds, rows, batch, features, singles };
  };

  const read = specs.length === 1 ? alone(model, specs, windowed) : together(model, specs, windowed);
  return { featureNames, takesRows, read: (input) => gather(read(input)) };
}

const asRows = ({ tensor, rows, batch, features }: Part): Rows => ({ tensors: [tensor], rows, batch, features });

function alone(
  model: string,
  [spec]: readonly InputSpec[],
  windowed: FromWindow | undefined,
): (input: unknown) => Rows {
  if (!spec) throw errors.MODEL_INPUT_UNSUPPORTED({ model, inputs: 'nothing' });
  const { name, columns } = spec;
  const part = createPartReader(model, spec, windowed);
  // Its value may come under the input's name.
  const wrapped = !columns.includes(name) || columns.length > 1;
  const unwrap = (input: unknown) =>
    wrapped && isRecord(input) && typeof input[name] === 'object' && Object.keys(input).length === 1
      ? input[name]
      : input;
  return (input) => asRows(part.read(unwrap(input)));
}

/** Of several inputs: by the names of inputs, of features, or both. */
function together(
  model: string,
  specs: readonly InputSpec[],
  windowed: FromWindow | undefined,
): (input: unknown) => Rows {
  const many = createManyReader(model, specs, windowed);
  const flat = specs.every(({ columns }) => columns.length > 0) ? rowsOf(model, specs, windowed) : undefined;
  const names = new Set(specs.map(({ name }) => name));
  /** Whether what came holds something for each input, not for each feature. */
  const keyed = (value: unknown) =>
    isRecord(value) &&
    !isWindow(value) &&
    !shapedOf(value) &&
    Object.keys(value).some((key) => names.has(key) && holds(value[key]));
  return (input) => {
    const sample: unknown = isValues(input) ? input[0] : input;
    return flat && !keyed(sample) ? flat.read(input) : many.read(input);
  };
}

const holds = (value: unknown) => typeof value === 'object' && value !== null;
