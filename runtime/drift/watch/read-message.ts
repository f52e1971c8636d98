import {
  type ModelIdentity,
  modelIdentity,
  type PredictionPayload,
  predictionPayload,
  readProperty,
  type TruthLabel,
  truthLabel,
  windowMessage,
  type WindowPayload,
} from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { isList, show } from '../monitor/read-row.ts';

export type Message = Readonly<Record<string, unknown>>;

/** Values as they came: by name, or in order. */
export type SourceValues = Readonly<Record<string, unknown>> | ArrayLike<unknown>;

/** One row of a message: most have one, a window has one a sample. */
export interface SourceRow {
  readonly values: SourceValues;
  /** ms since the epoch */
  readonly time: number;
  /** Samples missing right before it. */
  readonly missing?: number;
  /** Came with the row before it, and nothing says how long after that it was measured. */
  readonly again?: true;
}

/** What of a message is watched. */
export interface MessageParts {
  readonly rows: readonly SourceRow[];
  /** Of the rows, where they say it themselves: a window's channels. */
  readonly names?: readonly string[];
  /** What the model answered, one a row. */
  readonly predictions: readonly PredictionPayload[];
  readonly model: ModelIdentity | undefined;
  readonly id: string | undefined;
  readonly truth: TruthLabel | undefined;
  readonly time: number;
}

/** Longer texts are no categories. */
const CATEGORY_LENGTH = 200;

/**
 * Finds in a message what is watched: the features in the property, or else in the payload (numbers and categories by name or in
 * order, one alone, a window, or several rows), the model's answer, and the truth.
 *
 * @param now where the message does not say when it was measured
 * @throws DRIFT_INPUT
 */
export function readMessage(message: Message, property: string, now: number): MessageParts {
  const time = typeof message['time'] === 'number' && Number.isFinite(message['time']) ? message['time'] : now;
  const model = modelOf(message);
  const predictions = model ? predictionsIn(message['payload']) : [];
  const truth = message['truth'] === undefined ? undefined : truthLabel.safeParse(message['truth']).data;
  const id = typeof message['id'] === 'string' ? message['id'] : undefined;
  const common = { predictions, model, id, truth, time };
  const found = readProperty(message, property);
  // An answer is no feature of what was asked, and a truth that comes later brings none.
  const isElse = predictions.length > 0 || (truth !== undefined && model === undefined);
  if (found === undefined && isElse) return { ...common, rows: [] };
  const where = found === undefined ? 'payload' : property;
  return { ...common, ...rowsOf(found ?? message['payload'], message, where, time) };
}

/** The model that made a prediction, where the message says it. */
function modelOf(message: Message): ModelIdentity | undefined {
  // Looked at first, because most messages of other stages have none.
  if (typeof message['model'] !== 'object') return undefined;
  return modelIdentity.safeParse(message['model']).data;
}

function predictionsIn(payload: unknown): PredictionPayload[] {
  const answers: readonly unknown[] = Array.isArray(payload) ? payload : [payload];
  const read = answers.map((answer) => {
    if (typeof answer !== 'object' || answer === null) return undefined;
    // Several outputs at once are no one thing that could be watched.
    return 'outputs' in answer ? undefined : predictionPayload.safeParse(answer).data;
  });
  return read.filter((answer) => answer !== undefined);
}

function rowsOf(value: unknown, message: Message, where: string, time: number): Pick<MessageParts, 'rows' | 'names'> {
  if (isSingle(value)) return { rows: [{ values: { [nameOf(message)]: value }, time }] };
  const refuse = () => errors.DRIFT_INPUT({ property: where, value: show(value) });
  if (typeof value !== 'object' || value === null) throw refuse();
  if (isWindow(value)) return windowRows(value, message, refuse);
  if (Array.isArray(value) && typeof value[0] === 'object' && value[0] !== null) {
    if (!value.every(isRow)) throw refuse();
    return {
      rows: value.map((values: SourceValues, index) => ({ values, time, ...(index > 0 && { again: true }) })),
    };
  }
  if (!isRow(value)) throw refuse();
  return { rows: [{ values: value, time }] };
}

const nameOf = ({ topic }: Message) => (typeof topic === 'string' && topic !== '' ? topic : 'value');

/** A number or a category, and not a text of another kind. */
const isSingle = (value: unknown) =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && isCategory(value));

/** Whether a text names a category: a number as text is a mistake. */
export const isCategory = (text: string): boolean =>
  text.trim() !== '' && text.length <= CATEGORY_LENGTH && Number.isNaN(Number(text));

const isFeature = (value: unknown) => value === null || typeof value === 'number' || typeof value === 'boolean';

// One is enough: what else is in it is then named by the error for its value.
function isRow(value: object): value is SourceValues {
  if (isList(value)) return value.length > 0;
  return Object.values(value).some((each) => isFeature(each) || (typeof each === 'string' && isCategory(each)));
}

function isWindow(value: object): value is WindowPayload {
  const { channels, data, shape } = value as Partial<WindowPayload>;
  return Array.isArray(channels) && Array.isArray(shape) && isList(data);
}

/** A sample is a row. */
function windowRows(
  window: WindowPayload,
  message: Message,
  refuse: () => Error,
): Pick<MessageParts, 'rows' | 'names'> {
  const { channels, data, shape, start, rate } = window;
  const [samples, width] = shape;
  if (width !== channels.length || data.length !== samples * width || samples < 1) throw refuse();
  const step = rate > 0 ? 1000 / rate : 0;
  const gaps = new Map<number, number>();
  const told = windowMessage.shape.gapsAt.safeParse(message['gapsAt']).data ?? [];
  for (const { sample, missing } of told) gaps.set(sample, missing);
  const rows = Array.from({ length: samples }, (_, index): SourceRow => {
    const missing = gaps.get(index);
    const values = data.slice(index * width, (index + 1) * width);
    return { values, time: start + index * step, ...(missing !== undefined && { missing }) };
  });
  return { rows, names: channels };
}
