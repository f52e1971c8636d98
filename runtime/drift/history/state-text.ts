import { createHash } from 'node:crypto';

/** A state as text, and its large arrays in pieces, which lie beside it under their digest. */
export interface StateText {
  readonly text: string;
  readonly pieces: ReadonlyMap<string, Uint8Array>;
}

/** Arrays of fewer bytes stay in the text. */
const LARGE_BYTES = 4096;
/** What grows at its end is written anew only from there on. */
const PIECE_BYTES = 65_536;
/** The key that says: not an object as it stands. */
const TAG = '$';

const ARRAYS = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
} as const;
type ArrayName = keyof typeof ARRAYS;
const isArrayName = (name: unknown): name is ArrayName => typeof name === 'string' && Object.hasOwn(ARRAYS, name);

/**
 * Writes plain data and typed arrays so that `readState` gives exactly the same: NaN, the infinities and -0 too. What is
 * `undefined` is left out, as JSON does.
 *
 * @example
 * readState(writeState({ seen: NaN, row: new Float64Array([1, -0]) })); // { seen: NaN, row: new Float64Array([1, -0]) }
 */
export function writeState(state: unknown): StateText {
  const pieces = new Map<string, Uint8Array>();
  const arrayOf = (view: ArrayBufferView) => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const name = view.constructor.name;
    if (bytes.length < LARGE_BYTES) return { [TAG]: name, bytes: Buffer.from(bytes).toString('base64') };
    const digests: string[] = [];
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
      const piece = bytes.subarray(from, from + PIECE_BYTES);
      const digest = digestOf(piece);
      digests.push(digest);
      // Its own memory: the state may go on changing while it is written.
      if (!pieces.has(digest)) pieces.set(digest, piece.slice());
    }
    return { [TAG]: name, pieces: digests };
  };
  const plain = (value: unknown): unknown => {
    if (typeof value === 'number') return isPlain(value) ? value : { [TAG]: Object.is(value, -0) ? '-0' : `${value}` };
    if (typeof value !== 'object' || value === null) return value;
    if (ArrayBuffer.isView(value)) return arrayOf(value);
    if (Array.isArray(value)) return value.map(plain);
    const entries = Object.entries(value).map(([key, each]) => [key, plain(each)] as const);
    // A feature may be named like the tag.
    return TAG in value ? { [TAG]: 'object', entries } : Object.fromEntries(entries);
  };
  return { text: JSON.stringify(plain(state)) ?? 'null', pieces };
}

/** @throws {RangeError} if a piece is missing or was changed, or the text is none of ours */
export function readState({ text, pieces }: StateText): unknown {
  const pieceOf = (digest: unknown): Uint8Array => {
    const found = typeof digest === 'string' ? pieces.get(digest) : undefined;
    if (!found || digestOf(found) !== digest) throw new RangeError('a piece of the state is missing or damaged');
    return found;
  };
  const bytesOf = ({ bytes, pieces: digests }: Tagged): Uint8Array =>
    typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : Buffer.concat((digests as unknown[]).map(pieceOf));
  const revive = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(revive);
    if (!(TAG in value)) return fromEntries(Object.entries(value));
    const tagged = value as Tagged;
    if (tagged[TAG] === 'object') return fromEntries(tagged.entries as [string, unknown][]);
    if (!isArrayName(tagged[TAG])) return Number(tagged[TAG]);
    const bytes = bytesOf(tagged);
    return new ARRAYS[tagged[TAG]](Uint8Array.from(bytes).buffer);
  };
  const fromEntries = (entries: readonly [string, unknown][]) =>
    Object.fromEntries(entries.map(([key, each]) => [key, revive(each)]));
  return revive(JSON.parse(text));
}

interface Tagged {
  readonly [TAG]: unknown;
  readonly bytes?: unknown;
  readonly pieces?: unknown;
  readonly entries?: unknown;
}

const isPlain = (value: number) => Number.isFinite(value) && !Object.is(value, -0);
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 32);
