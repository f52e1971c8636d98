/**
 * What the tables of every receiver hold: a row a message under its key, and in a second table a row a gap. A message that
 * brought a key of its own stands under that.
 */
import { counter } from '../../../base/index.ts';
import { gap as gapSchema, uploadKey } from '../../../messages/index.ts';
import { errors } from '../../errors.ts';
import { type Batch, MessagesRefused, type Outgoing } from '../sender.ts';

export interface MessageRow {
  readonly gateway: string;
  readonly stream: string;
  readonly sequence: number;
  /** The message's own, or when the outbox took it, ms since the epoch. */
  readonly time: number;
  /** `time` is the message's own: the same however often the message comes. */
  readonly ownTime: boolean;
  readonly id: string | null;
  readonly topic: string | null;
  /** As JSON. */
  readonly payload: string | null;
  /** The whole message as it is on the wire. */
  readonly message: string;
}

export interface GapRow {
  readonly gateway: string;
  readonly stream: string;
  readonly first: number;
  readonly last: number;
  readonly reason: string;
  readonly time: number;
}

export interface Rows {
  readonly messages: readonly MessageRow[];
  readonly gaps: readonly GapRow[];
}

/** What a database can hold in its columns. */
export interface Holds {
  /** Bounds of a time, ms since the epoch. */
  readonly time: readonly [number, number];
  readonly payload: (json: string) => boolean;
}

const unfit = counter(
  'millrace_outbox_unfit_columns_total',
  'Fields that a column of a receiver’s table cannot hold: they stand in the whole message beside it',
);

/**
 * The rows of a batch. What a column cannot hold is left empty there and stands in `message`, which is kept whole.
 *
 * @throws {MessagesRefused} naming those without a key that a table can hold
 */
export function rowsOf({ messages }: Batch, address: string, holds: Holds): Rows {
  const rows: { messages: MessageRow[]; gaps: GapRow[] } = { messages: [], gaps: [] };
  const keyless: number[] = [];
  messages.forEach((outgoing, index) => {
    const { key, payload, ...rest } = JSON.parse(outgoing.body) as Record<string, unknown>;
    const own = uploadKey.safeParse(key);
    if (!own.success || !isText(own.data.gateway) || !isText(own.data.stream)) return void keyless.push(index);
    const told = payload === undefined ? gapSchema.safeParse(rest['gap']) : undefined;
    if (told?.success) {
      const { gateway, stream } = own.data;
      rows.gaps.push({ gateway, stream, ...told.data, reason: textOr(told.data.reason) ?? '', time: outgoing.time });
    } else {
      rows.messages.push({ ...own.data, ...columnsOf(outgoing, rest, payload, holds), message: outgoing.body });
    }
  });
  if (keyless.length === 0) return rows;
  const reason = 'it has no key (gateway, stream, sequence) that a table can hold';
  throw new MessagesRefused(errors.MESSAGE_REFUSED({ address, reason }), keyless);
}

function columnsOf({ time: taken }: Outgoing, rest: Record<string, unknown>, payload: unknown, holds: Holds) {
  const { time } = rest;
  const [first, last] = holds.time;
  const ownTime = typeof time === 'number' && time >= first && time <= last;
  if (typeof time === 'number' && !ownTime) unfit.add();
  const json = payload === undefined ? undefined : JSON.stringify(payload);
  const held = json !== undefined && holds.payload(json);
  if (json !== undefined && !held) unfit.add();
  return {
    time: ownTime ? time : taken,
    ownTime,
    id: textOr(rest['id']),
    topic: textOr(rest['topic']),
    payload: held ? json : null,
  };
}

function textOr(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (isText(value)) return value;
  unfit.add();
  return null;
}

/** Databases end a text at a NUL or refuse it, and UTF-8 has no word for half a surrogate pair. */
const isText = (value: string) => !/[\0\p{Surrogate}]/u.test(value);
