import type { z } from 'zod';

/** How one parameter of a block is edited: read off its schema, so that a new kind of block needs no form of its own. */
export interface Field {
  readonly key: string;
  readonly kind: 'number' | 'flag' | 'choice' | 'choices' | 'numbers' | 'names' | 'text';
  /** Of numbers. */
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
  /** Of a choice, or of several. */
  readonly options?: readonly string[];
  /** It may be left empty. */
  readonly optional: boolean;
  readonly standard?: unknown;
}

/** The parameters of a kind of block, in the order of its schema. */
export const fieldsOf = (schema: z.ZodObject): Field[] =>
  Object.entries(schema.shape)
    .filter(([key]) => key !== 'type')
    .map(([key, parameter]) => field(key, parameter as z.ZodType));

function field(key: string, schema: z.ZodType): Field {
  let inner = schema as Inspected;
  let optional = false;
  let standard: unknown;
  while (inner.def.innerType) {
    if (inner.def.type === 'optional' || inner.def.type === 'nullable') optional = true;
    if ('defaultValue' in inner.def) standard = inner.def.defaultValue;
    inner = inner.def.innerType;
  }
  return { key, optional, ...(standard !== undefined && { standard }), ...kindOf(inner) };
}

function kindOf(schema: Inspected): Pick<Field, 'kind' | 'options' | 'min' | 'max' | 'whole'> {
  switch (schema.def.type) {
    case 'number':
      return { kind: 'number', ...boundsOf(schema) };
    case 'boolean':
      return { kind: 'flag' };
    case 'enum':
      return { kind: 'choice', options: (schema.options ?? []).map(String) };
    case 'array': {
      const element = schema.element;
      if (element?.def.type === 'number') return { kind: 'numbers' };
      if (element?.def.type === 'enum') return { kind: 'choices', options: (element.options ?? []).map(String) };
      return { kind: 'names' };
    }
    default:
      return { kind: 'text' };
  }
}

function boundsOf({ minValue, maxValue, isInt }: Inspected): Pick<Field, 'min' | 'max' | 'whole'> {
  const given = (bound: number | null | undefined): bound is number =>
    typeof bound === 'number' && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  return {
    ...(given(minValue) && { min: minValue }),
    ...(given(maxValue) && { max: maxValue }),
    ...(isInt === true && { whole: true }),
  };
}

/** What is read of a schema of any kind. */
interface Inspected {
  readonly def: { readonly type: string; readonly innerType?: Inspected; readonly defaultValue?: unknown };
  readonly options?: readonly (string | number)[];
  readonly element?: Inspected;
  readonly minValue?: number | null;
  readonly maxValue?: number | null;
  readonly isInt?: boolean;
}
