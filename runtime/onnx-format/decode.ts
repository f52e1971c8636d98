import { type Field, type Kind, type MessageName, MESSAGES } from './fields.ts';
import { createWireReader, type WireReader } from './wire-reader.ts';

/** Subgraphs and types nest; a hostile file nests without end. */
const DEEPEST = 64;

type Decoded = Record<string, unknown>;

/**
 * Decodes one protobuf message by its table.
 *
 * @throws ONNX_DAMAGED
 */
export function decode(name: MessageName, data: Uint8Array, base = 0, depth = 0): Decoded {
  const reader = createWireReader(data, name, base);
  if (depth > DEEPEST) throw reader.fail('messages nest too deeply');
  const table = MESSAGES[name];
  const message = blank(name);
  while (reader.at < reader.end) {
    const tag = reader.varint();
    const number = Number(tag >> 3n);
    const wireType = Number(tag & 7n);
    if (number === 0) throw reader.fail('a field without a number');
    const field = table[number];
    if (!field) reader.skip(wireType);
    else if (field.repeated) readRepeated(reader, field, wireType, message[field.name] as unknown[], base, depth);
    else message[field.name] = readOne(reader, field.kind, wireType, base, depth);
  }
  return message;
}

function blank(name: MessageName): Decoded {
  const message: Decoded = {};
  for (const { name: key, kind, repeated, optional } of Object.values(MESSAGES[name])) {
    if (repeated) message[key] = [];
    else if (!optional) message[key] = ABSENT[kind as keyof typeof ABSENT];
  }
  return message;
}

const ABSENT = { int32: 0, int64: 0n, size: 0, float: 0, double: 0, string: '', bytes: new Uint8Array(0) };

const WIRE_TYPE: Partial<Record<Kind, number>> = { int32: 0, int64: 0, size: 0, float: 5, double: 1 };

function readRepeated(
  reader: WireReader,
  { kind }: Field,
  wireType: number,
  into: unknown[],
  base: number,
  depth: number,
): void {
  const own = WIRE_TYPE[kind];
  if (own === undefined || wireType === own) {
    into.push(readOne(reader, kind, wireType, base, depth));
    return;
  }
  // Packed: numbers one after the other in one length-delimited field.
  if (wireType !== 2) throw reader.fail(`wire type ${wireType} for a list of ${kind}`);
  const bytes = reader.bytes();
  const packed = createWireReader(bytes, kind, base + reader.at - bytes.length);
  while (packed.at < packed.end) into.push(readOne(packed, kind, own, base, depth));
}

function readOne(reader: WireReader, kind: Kind, wireType: number, base: number, depth: number): unknown {
  if (wireType !== (WIRE_TYPE[kind] ?? 2)) throw reader.fail(`wire type ${wireType} for ${kind}`);
  switch (kind) {
    case 'int32':
      return Number(BigInt.asIntN(32, reader.varint()));
    case 'int64':
      return BigInt.asIntN(64, reader.varint());
    case 'size': {
      const size = Number(BigInt.asIntN(64, reader.varint()));
      if (!Number.isSafeInteger(size)) throw reader.fail(`the size ${size} is too large`);
      return size;
    }
    case 'float':
      return reader.float();
    case 'double':
      return reader.double();
    case 'string':
      return utf8.decode(reader.bytes());
    case 'bytes':
      return reader.bytes();
    default: {
      const bytes = reader.bytes();
      return decode(kind, bytes, base + reader.at - bytes.length, depth + 1);
    }
  }
}

const utf8 = new TextDecoder();
