import type { InputKind, WindowInput } from '../../messages/index.ts';
import type { OnnxGraph, OnnxNode } from '../../onnx-format/index.ts';
import type { ModelInput } from '../package/index.ts';
import { featureCount } from './feature-count.ts';
import { askedInputs, type Shape, tensorPlace, type TensorPlace, usersOf } from './graph-walk.ts';
import { proposeImage } from './propose-image.ts';
import { parseNames } from './metadata-values.ts';

export interface ProposedInputs {
  readonly inputs: readonly ModelInput[];
  readonly warnings: readonly string[];
}

const FEATURE_KEYS = ['feature_names', 'features', 'input_features', 'feature_names_in', 'columns'];

/** How each input is read from a message, from its type, its shape and the first operators that use it. */
export function proposeInputs(graph: OnnxGraph, metadata: Readonly<Record<string, string>>): ProposedInputs {
  const warnings: string[] = [];
  const places = askedInputs(graph).flatMap((input) => tensorPlace(input) ?? []);
  const named = FEATURE_KEYS.flatMap((key) => {
    const names = parseNames(metadata[key] ?? '');
    return names ? [names] : [];
  });
  const inputs = places.map((place): ModelInput => {
    const users = usersOf(graph, place.name);
    const shape: Shape = place.shape ?? guessedShape(graph, users);
    const base = { name: place.name, type: place.type, shape };
    const kind = kindOf(place, shape);
    switch (kind) {
      case 'image': {
        const { image, warning } = proposeImage(shape, place.type, metadata);
        warnings.push(warning);
        return { ...base, kind, image };
      }
      case 'window':
        return { ...base, kind, window: windowOf(shape, users, named) };
      case 'features': {
        const count = valuesOf(shape) ?? featureCount(graph, users);
        if (count === undefined) {
          warnings.push(`Nothing says how many values "${place.name}" takes: name its features.`);
          return base;
        }
        const features = namesFor(place.name, count, places.length, named);
        return { ...base, kind, features, ...(takesMissing(users) && { missing: true }) };
      }
      default:
        return { ...base, kind };
    }
  });
  return { inputs, warnings };
}

function kindOf({ type }: TensorPlace, shape: Shape): InputKind {
  const rank = shape.length;
  if (type === 'string') return (valuesOf(shape) ?? 1) === 1 && rank <= 2 ? 'text' : rank <= 2 ? 'features' : 'tensor';
  if (rank <= 2) return 'features';
  if (rank === 3 && type.startsWith('float')) return 'window';
  if (rank === 4 && isPicture(shape)) return 'image';
  return 'tensor';
}

const isPicture = ([, second, , fourth]: Shape) => [1, 3].includes(Number(second)) || [1, 3].includes(Number(fourth));

/** Values a row of one or two dimensions, where they are fixed. The first of two is the number of rows. */
function valuesOf(shape: Shape): number | undefined {
  if (shape.length === 0) return 1;
  if (shape.length === 1) return typeof shape[0] === 'number' ? shape[0] : 1;
  const last = shape.at(-1);
  return shape.length === 2 && typeof last === 'number' ? last : undefined;
}

/** Of an input of which not even the number of dimensions is said: what its first operator takes. */
function guessedShape(graph: OnnxGraph, users: readonly OnnxNode[]): Shape {
  if (users.some(({ op }) => op === 'Conv')) return [null, null, null, null];
  return [null, featureCount(graph, users) ?? null];
}

function namesFor(input: string, count: number, inputs: number, named: readonly string[][]): string[] {
  const fitting = named.find((names) => names.length === count && new Set(names).size === count);
  if (fitting && (inputs === 1 || count > 1)) return fitting;
  // A column an input: its name is the feature's.
  if (count === 1 && inputs > 1) return [input];
  const letter = inputs > 1 ? `${input}_` : 'f';
  return Array.from({ length: count }, (_, i) => `${letter}${i}`);
}

/** The larger dimension is time, unless the first operator says which it is. */
function windowOf(shape: Shape, users: readonly OnnxNode[], named: readonly string[][]): WindowInput {
  const [, second, third] = shape;
  const convolves = users.some(({ op }) => op === 'Conv');
  const turns = users.some(({ op }) => ['Transpose', 'LSTM', 'GRU', 'RNN'].includes(op));
  const guess = typeof second === 'number' && (typeof third !== 'number' || second <= third);
  const layout = convolves || (!turns && guess) ? 'channels-samples' : 'samples-channels';
  const count = layout === 'channels-samples' ? second : third;
  const channels = named.find((names) => names.length === count);
  return { layout, ...(channels && { channels }) };
}

const takesMissing = (users: readonly OnnxNode[]) =>
  users.length > 0 && users.every(({ op }) => /^(TreeEnsemble|Imputer)/.test(op));
