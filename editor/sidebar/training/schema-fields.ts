/** The settings of a trainer as fields, by its JSON Schema. */
export interface SchemaField {
  readonly name: string;
  readonly kind: 'number' | 'flag' | 'choice' | 'text';
  readonly standard: unknown;
  readonly description: string;
  readonly options: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly whole: boolean;
}

interface Property {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const finite = (value: unknown) =>
  typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;

/**
 * @param schema JSON Schema of an object
 *
 * @example
 * fieldsOf({ properties: { trees: { type: 'integer', default: 100, minimum: 1 } } })[0]?.kind; // 'number'
 */
export function fieldsOf(schema: unknown): SchemaField[] {
  const properties = isObject(schema) && isObject(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).map(([name, property]) => {
    const {
      type,
      enum: options,
      default: standard,
      description,
      minimum,
      maximum,
    }: Property = isObject(property) ? property : {};
    const [min, max] = [finite(minimum), finite(maximum)];
    return {
      name,
      kind: options
        ? 'choice'
        : type === 'boolean'
          ? 'flag'
          : type === 'number' || type === 'integer'
            ? 'number'
            : 'text',
      standard,
      description: typeof description === 'string' ? description : '',
      options: (options ?? []).map(String),
      whole: type === 'integer',
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
    };
  });
}

/**
 * What was typed, as the setting takes it.
 *
 * @returns nothing where the default holds
 */
export function valueOf(field: SchemaField, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (field.kind === 'flag') return trimmed === 'true';
  if (field.kind === 'number') return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
  if (field.kind === 'choice') return trimmed;
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    return trimmed;
  }
}

/** As it stands in its field. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
