import { counter } from '../../base/index.ts';
import type { FieldRule } from '../schema.ts';
import { decrypt, encrypt, hash, isEncrypted } from './cipher.ts';
import type { FieldKeys } from './field-keys.ts';
import { changeAt, parsePath } from './path.ts';

type Message = Readonly<Record<string, unknown>>;

/** A copy of the message in which the named fields are protected. The message itself stays as it is. */
export type Protect = (message: Message) => Record<string, unknown>;

const protectedFields = counter(
  'millrace_protected_fields_total',
  'Fields that were protected before they were stored',
);

/**
 * Leaves out, hashes or encrypts named fields of messages. A field that is missing is no error. The rules are applied in
 * their order.
 *
 * @throws FIELD_PATH_INVALID
 */
export function createProtection(rules: readonly FieldRule[], { newest }: FieldKeys): Protect {
  const steps = rules.map(({ field, how }) => ({ path: parsePath(field), how }));
  return (message) => {
    let held: unknown = message;
    for (const { path, how } of steps) {
      held = changeAt(held, path, (value, at) => {
        if (value === undefined) return undefined;
        protectedFields.add(1, { how });
        if (how === 'leave-out') return undefined;
        const plain = plainOf(value);
        return how === 'hash' ? hash(plain, newest) : encrypt(plain, at, newest);
      });
    }
    return held as Record<string, unknown>;
  };
}

/** A typed array is a plain one on the way. */
const plainOf = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, held: unknown) =>
      ArrayBuffer.isView(held) && !(held instanceof DataView) ? Array.from(held as unknown as Iterable<unknown>) : held,
    ) ?? 'null',
  ) as unknown;

export interface Revealed {
  readonly value: unknown;
  /** How many fields were opened. */
  readonly opened: number;
  /** Fields that look encrypted and could not be opened: they stay as they are. */
  readonly sealed: readonly { readonly field: string; readonly error: unknown }[];
}

/** A copy of a message in which every encrypted field is opened that these keys can open. For the receiving side. */
export function reveal(message: unknown, keys: FieldKeys): Revealed {
  let opened = 0;
  const sealed: { field: string; error: unknown }[] = [];
  const visit = (value: unknown, at: readonly string[]): unknown => {
    if (isEncrypted(value)) {
      try {
        const plain = decrypt(value, at, keys);
        opened += 1;
        return visit(plain, at);
      } catch (error) {
        sealed.push({ field: at.join('.'), error });
        return value;
      }
    }
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...at, String(index)]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, visit(held, [...at, name])]));
  };
  const value = visit(message, []);
  return { value, opened, sealed };
}
