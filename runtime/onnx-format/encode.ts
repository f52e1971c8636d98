import { type Field, type Kind, type MessageName, MESSAGES, UNLISTED } from './fields.ts';
import { createWireWriter, type WireWriter } from './wire-writer.ts';

/** Encodes one protobuf message by its table; fields in ascending order, so that the same message is the same bytes. */
export function encode(name: MessageName, message: Readonly<Record<string, unknown>>): Uint8Array<ArrayBuffer> {
  const writer = createWireWriter();
  for (const [number, field] of FIELDS[name]) {
    const value = message[field.name];
    if (value === undefined) continue;
    if (field.repeated) writeRepeated(writer, number, field, value as readonly unknown[]);
    else if (field.optional || !isAbsent(value)) writeOne(writer, number, field.kind, value);
  }
  const unlisted = message[UNLISTED];
  if (unlisted instanceof Uint8Array) writer.append(unlisted);
  return writer.finish();
}

// Looked at for each message: not to be listed anew each time.
const FIELDS = Object.fromEntries(
  Object.entries(MESSAGES).map(([name, table]) => [
    name,
    Object.entries(table).map(([n, field]) => [Number(n), field]),
  ]),
) as unknown as Readonly<Record<MessageName, readonly (readonly [number, Field])[]>>;

const utf8 = new TextEncoder();

const isAbsent = (value: unknown) =>
  Object.is(value, 0) || value === 0n || value === '' || (value instanceof Uint8Array && value.length === 0);

const NUMBERS: ReadonlySet<Kind> = new Set<Kind>(['int32', 'int64', 'size', 'float', 'double']);

function writeRepeated(writer: WireWriter, number: number, { kind }: Field, values: readonly unknown[]): void {
  if (values.length === 0) return;
  if (!NUMBERS.has(kind)) {
    for (const value of values) writeOne(writer, number, kind, value);
    return;
  }
  const packed = createWireWriter();
  for (const value of values) writeNumber(packed, kind, value as number | bigint);
  writer.tag(number, 2);
  writer.bytes(packed.finish());
}

function writeOne(writer: WireWriter, number: number, kind: Kind, value: unknown): void {
  if (NUMBERS.has(kind)) {
    writer.tag(number, kind === 'float' ? 5 : kind === 'double' ? 1 : 0);
    writeNumber(writer, kind, value as number | bigint);
    return;
  }
  writer.tag(number, 2);
  if (kind === 'string') writer.bytes(utf8.encode(value as string));
  else if (kind === 'bytes') writer.bytes(value as Uint8Array);
  else writer.bytes(encode(kind as MessageName, value as Readonly<Record<string, unknown>>));
}

function writeNumber(writer: WireWriter, kind: Kind, value: number | bigint): void {
  if (kind === 'float') writer.float(Number(value));
  else if (kind === 'double') writer.double(Number(value));
  else writer.varint(BigInt(value));
}
