/**
 * How messages stand in the columns of a Parquet recording: what other programs want as numbers in columns of their own,
 * all else as JSON text in `rest`, so that nothing is lost.
 */
import { PAYLOAD_COLUMNS } from '../limits.ts';
import { revive } from '../written/revive.ts';
import { stringify } from '../written/stringify.ts';

type Message = Readonly<Record<string, unknown>>;

/** Which columns a file needs, found by looking at every message once. */
export interface Layout {
  /** Names of the numbers in payloads, in order of first appearance. */
  readonly channels: readonly string[];
  readonly time: boolean;
  readonly id: boolean;
  readonly topic: boolean;
  /** Payloads that are a number. */
  readonly value: boolean;
  /** Payloads with a list of numbers called `data`: windows. */
  readonly data: boolean;
}

export interface Cells {
  readonly time: number | undefined;
  readonly id: string | undefined;
  readonly topic: string | undefined;
  readonly value: number | undefined;
  readonly channels: readonly (number | undefined)[] | undefined;
  readonly data: readonly number[] | undefined;
  readonly rest: string | undefined;
}

/** Looks at messages, and says at the end which columns they need. */
export function createSurvey() {
  const channels = new Map<string, number>();
  const seen = { time: false, id: false, topic: false, value: false, data: false };
  return {
    look({ time, id, topic, payload }: Message): void {
      if (typeof time === 'number') seen.time = true;
      if (isText(id)) seen.id = true;
      if (isText(topic)) seen.topic = true;
      if (typeof payload === 'number') seen.value = true;
      else if (isWindow(payload)) seen.data = true;
      else if (isNumbers(payload)) {
        for (const name of Object.keys(payload)) {
          if (channels.size < PAYLOAD_COLUMNS && !channels.has(name)) channels.set(name, channels.size);
        }
      }
    },
    layout: (): Layout => ({ ...seen, channels: [...channels.keys()] }),
  };
}

/** @param places channel → its place in the layout */
export function toCells(message: Message, places: ReadonlyMap<string, number>): Cells {
  const rest: Record<string, unknown> = { ...message };
  const { payload } = message;
  const take = <T>(key: string, fits: (value: unknown) => value is T): T | undefined => {
    const value = message[key];
    if (!fits(value)) return undefined;
    delete rest[key];
    return value;
  };
  const time = take('time', isNumber);
  const id = take('id', isText);
  const topic = take('topic', isText);
  const value = take('payload', isNumber);
  let channels: (number | undefined)[] | undefined;
  let data: readonly number[] | undefined;
  if (isWindow(payload)) {
    ({ data } = payload);
    const { data: _, ...others } = payload;
    rest['payload'] = others;
  } else if (isNumbers(payload)) {
    channels = inOrder(payload, places);
    if (channels) delete rest['payload'];
  }
  const text = Object.keys(rest).length === 0 ? undefined : stringify(rest);
  return { time, id, topic, value, channels, data, rest: text };
}

/** The message that `toCells` took apart. */
export function fromCells(cells: Cells, names: readonly string[]): Record<string, unknown> {
  const message = (cells.rest === undefined ? {} : revive(cells.rest)) as Record<string, unknown>;
  if (cells.value !== undefined) message['payload'] = cells.value;
  else if (cells.data) message['payload'] = { ...(message['payload'] as object), data: cells.data };
  else if (cells.channels && !('payload' in message)) {
    const payload: Record<string, number> = {};
    let any = false;
    for (let index = 0; index < names.length; index++) {
      const value = cells.channels[index];
      if (value === undefined) continue;
      payload[names[index] ?? ''] = value;
      any = true;
    }
    if (any) message['payload'] = payload;
  }
  if (cells.time !== undefined) message['time'] = cells.time;
  if (cells.id !== undefined) message['id'] = cells.id;
  if (cells.topic !== undefined) message['topic'] = cells.topic;
  return message;
}

/** The order of channels means something to a window: a payload in another order goes to the rest. */
function inOrder(payload: Readonly<Record<string, number>>, places: ReadonlyMap<string, number>) {
  const cells = new Array<number | undefined>(places.size);
  let before = -1;
  for (const name of Object.keys(payload)) {
    const place = places.get(name);
    if (place === undefined || place <= before) return undefined;
    cells[place] = payload[name];
    before = place;
  }
  return cells;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
// A column of text is UTF-8, which has no word for half a surrogate pair.
const isText = (value: unknown): value is string => typeof value === 'string' && !/\p{Surrogate}/u.test(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isNumbers(payload: unknown): payload is Readonly<Record<string, number>> {
  if (!isObject(payload) || payload instanceof Date || Buffer.isBuffer(payload)) return false;
  const keys = Object.keys(payload);
  return keys.length > 0 && keys.every((key) => key !== '__proto__' && isText(key) && typeof payload[key] === 'number');
}

function isWindow(payload: unknown): payload is Record<string, unknown> & { readonly data: readonly number[] } {
  if (!isObject(payload)) return false;
  const { data } = payload;
  return Array.isArray(data) && data.length > 0 && data.every(isNumber) && !Object.hasOwn(payload, '__proto__');
}
