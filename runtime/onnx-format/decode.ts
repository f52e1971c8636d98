import { createDecodeBudget, type DecodeBudget } from './decode-budget.ts';
import { type Field, type Kind, type MessageName, MESSAGES, UNLISTED } from './fields.ts';
import { WireReader } from './wire-reader.ts';

type Decoded = Record<string, unknown>;

/**
 * Decodes one protobuf message by its table. Fields that the table does not list are kept as they came.
 *
 * @throws ONNX_DAMAGED, ONNX_TOO_LARGE
 */
export function decode(name: MessageName, data: Uint8Array): Decoded {
  return decodeMessage(name, data, { budget: createDecodeBudget(), base: 0, depth: 0 });
}

/** Where a message lies: its position in the file and how many others it lies in. */
interface Place {
  readonly budget: DecodeBudget;
  readonly base: number;
  readonly depth: number;
}

function decodeMessage(name: MessageName, data: Uint8Array, place: Place): Decoded {
  place.budget.depth(place.depth);
  place.budget.part();
  if (name === 'node') place.budget.node();
  const reader = new WireReader(data, name, place.base);
  const table = MESSAGES[name];
  const message = blank(name);
  const unlisted: Uint8Array[] = [];
  while (reader.at < reader.end) {
    const from = reader.at;
    const tag = reader.tag();
    const wireType = tag % 8;
    const field = table[Math.floor(tag / 8)];
    if (!field) {
      reader.skip(wireType);
      unlisted.push(reader.since(from));
    } else if (field.repeated) {
      readRepeated(reader, field.kind, wireType, message[field.name] as unknown[], place);
    } else {
      readSingle(reader, field, wireType, message, place, table);
    }
  }
  if (unlisted.length > 0) message[UNLISTED] = concatenated(unlisted);
  return message;
}

/** A message without fields. */
function blank(name: MessageName): Decoded {
  const message: Decoded = {};
  for (const { name: key, kind, repeated, optional } of FIELDS[name]) {
    if (repeated) message[key] = [];
    else if (!optional) message[key] = ABSENT[kind as keyof typeof ABSENT];
  }
  return message;
}

// Looked at for each message: not to be listed anew each time.
const FIELDS = Object.fromEntries(
  Object.entries(MESSAGES).map(([name, table]) => [name, Object.values(table)]),
) as unknown as Readonly<Record<MessageName, readonly Field[]>>;

const ABSENT = { int32: 0, int64: 0n, size: 0, float: 0, double: 0, string: '', bytes: new Uint8Array(0) };

const WIRE_TYPE: Partial<Record<Kind, number>> = { int32: 0, int64: 0, size: 0, float: 5, double: 1 };

function readSingle(
  reader: WireReader,
  field: Field,
  wireType: number,
  into: Decoded,
  place: Place,
  table: Readonly<Record<number, Field>>,
): void {
  // protobuf would merge the two: what one reader then sees, another does not.
  if (field.kind in MESSAGES && into[field.name] !== undefined) throw reader.fail(`${field.name} occurs twice`);
  if (field.oneOf) {
    // The last one holds.
    for (const other of Object.values(table)) if (other.oneOf) Reflect.deleteProperty(into, other.name);
  }
  into[field.name] = readOne(reader, field.kind, wireType, place);
}

function readRepeated(reader: WireReader, kind: Kind, wireType: number, into: unknown[], place: Place): void {
  const own = WIRE_TYPE[kind];
  if (own === undefined) {
    if (kind === 'string' || kind === 'bytes') place.budget.part();
    into.push(readOne(reader, kind, wireType, place));
    return;
  }
  if (wireType === own) {
    place.budget.numbers(1);
    into.push(readOne(reader, kind, wireType, place));
    return;
  }
  // Packed: numbers one after the other in one length-delimited field.
  if (wireType !== 2) throw reader.fail(`wire type ${wireType} for a list of ${kind}`);
  const bytes = reader.bytes();
  place.budget.numbers(packedCount(kind, bytes));
  const packed = new WireReader(bytes, kind, place.base + reader.at - bytes.length);
  while (packed.at < packed.end) into.push(readOne(packed, kind, own, place));
}

function packedCount(kind: Kind, bytes: Uint8Array): number {
  if (kind === 'float' || kind === 'double') return bytes.length / (kind === 'float' ? 4 : 8);
  let ends = 0;
  for (const byte of bytes) if (byte < 0x80) ends++;
  return ends;
}

function readOne(reader: WireReader, kind: Kind, wireType: number, place: Place): unknown {
  if (wireType !== (WIRE_TYPE[kind] ?? 2)) throw reader.fail(`wire type ${wireType} for ${kind}`);
  switch (kind) {
    case 'int32':
      return reader.int32();
    case 'int64':
      return BigInt.asIntN(64, reader.varint());
    case 'size':
      return reader.size();
    case 'float':
      return reader.float();
    case 'double':
      return reader.double();
    case 'string':
      return text(reader);
    case 'bytes':
      return reader.bytes();
    default: {
      const bytes = reader.bytes();
      return decodeMessage(kind, bytes, {
        ...place,
        base: place.base + reader.at - bytes.length,
        depth: place.depth + 1,
      });
    }
  }
}

// Two names that differ only in bytes that are no text must not become one.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function text(reader: WireReader): string {
  const bytes = reader.bytes();
  try {
    return utf8.decode(bytes);
  } catch {
    throw reader.fail('a text is not UTF-8');
  }
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
