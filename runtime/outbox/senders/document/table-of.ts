import { setImmediate } from 'node:timers/promises';
import type { DocumentCell, DocumentColumn, DocumentTable } from '../../../datasets/index.ts';
import type { UploadKey } from '../../../messages/index.ts';
import { documentColumns } from '../../limits.ts';
import type { Outgoing } from '../sender.ts';
import { COLUMNS } from './columns.ts';

/** Messages that are taken apart in a few milliseconds, between which the event loop is free. */
const STEP = 500;

/** What JSON.parse gives. */
type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Of a payload's column: of one kind throughout a document. What is of another kind stands in the rest. */
type Kind = DocumentColumn['kind'];

interface Parts {
  readonly before: readonly DocumentCell[];
  readonly payload: ReadonlyMap<string, DocumentCell>;
  readonly after: readonly DocumentCell[];
}

const text = (name: string): DocumentColumn => ({ name, kind: 'text' });
const number = (name: string): DocumentColumn => ({ name, kind: 'number' });

const BEFORE = [
  ...[text(COLUMNS.gateway), text(COLUMNS.stream), number(COLUMNS.sequence)],
  ...[number(COLUMNS.time), text(COLUMNS.id), text(COLUMNS.topic)],
];
const AFTER = [number(COLUMNS.gapLast), text(COLUMNS.gapReason), text(COLUMNS.rest)];

/**
 * Messages as the rows of a table: what programs for tables want as columns, all else as JSON in `rest`, so that nothing is
 * lost. The payload's columns stand in the order in which they first appear.
 */
export async function tableOf(messages: readonly Outgoing[]): Promise<DocumentTable> {
  const kinds = new Map<string, Kind>();
  const parts: Parts[] = [];
  for (let from = 0; from < messages.length; from += STEP) {
    if (from > 0) await setImmediate();
    for (const one of messages.slice(from, from + STEP)) parts.push(takeApart(one, kinds));
  }
  const names = [...kinds.keys()];
  return {
    columns: [...BEFORE, ...[...kinds].map(([name, kind]) => ({ name, kind })), ...AFTER],
    rows: parts.map(({ before, payload, after }) => [...before, ...names.map((name) => payload.get(name)), ...after]),
  };
}

function takeApart({ body, gap, time: taken }: Outgoing, kinds: Map<string, Kind>): Parts {
  const { key, ...rest } = JSON.parse(body) as { key: UploadKey } & Record<string, Json>;
  const named = [wellFormed(key.gateway), wellFormed(key.stream)];
  if (gap) {
    const { first, last, reason } = gap;
    return {
      before: [...named, first, undefined, undefined, undefined],
      payload: new Map(),
      after: [last, reason, undefined],
    };
  }
  const take = (name: string, kind: Kind) => {
    const value = rest[name];
    if (kindOf(value) !== kind) return undefined;
    delete rest[name];
    return value as DocumentCell;
  };
  // As in the table of a database: a message without a time of its own has that at which it was taken.
  const before = [...named, key.sequence, take('time', 'number') ?? taken, take('id', 'text'), take('topic', 'text')];
  const payload = new Map<string, DocumentCell>();
  if ('payload' in rest) {
    const left = flatten(COLUMNS.payload, rest['payload'] ?? null, payload, kinds);
    if (left === undefined) delete rest['payload'];
    else rest['payload'] = left;
  }
  const others = Object.keys(rest).length === 0 ? undefined : JSON.stringify(rest);
  return { before, payload, after: [undefined, undefined, others] };
}

/** Puts the single values in a payload into cells. @returns what has no cell; undefined if everything has */
function flatten(
  name: string,
  value: Json,
  cells: Map<string, DocumentCell>,
  kinds: Map<string, Kind>,
): Json | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const left: [string, Json][] = [];
    for (const [key, each] of Object.entries(value)) {
      const other = flatten(`${name}.${key}`, each, cells, kinds);
      if (other !== undefined) left.push([key, other]);
    }
    // An empty object has no cell to say so.
    return left.length > 0 || Object.keys(value).length === 0 ? Object.fromEntries(left) : undefined;
  }
  const kind = kindOf(value);
  if (kind === undefined || cells.has(name) || !isWellFormed(name)) return value;
  const known = kinds.get(name);
  if (known === undefined) {
    if (kinds.size >= documentColumns.value) {
      documentColumns.cost();
      return value;
    }
    kinds.set(name, kind);
  } else if (known !== kind) return value;
  cells.set(name, value as DocumentCell);
  return undefined;
}

/** Of what may stand in a column; undefined where only JSON has a word for it. */
function kindOf(value: Json | undefined): Kind | undefined {
  switch (typeof value) {
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      return isWellFormed(value) ? 'text' : undefined;
    default:
      return undefined;
  }
}

// A table's text is UTF-8, which has no word for half a surrogate pair.
const isWellFormed = (value: string) => !/\p{Surrogate}/u.test(value);
const wellFormed = (value: string) => (isWellFormed(value) ? value : Buffer.from(value).toString());
